using Outrider.Grains.Files;
using Outrider.Storage.Shared;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Conformance.Storage;

/// <summary><see cref="SharedFileIndex"/> on a server: also several nodes, and an answer that is lost.</summary>
public abstract class SharedFileIndexConformance(ISharedServer server) : FileIndexConformance
{
    private SharedPlace _place = null!;

    public sealed override async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Add_TwoNodesTheSameContent_BothGetOneFile()
    {
        var other = new SharedFileIndex(_place.Open());
        var added = await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(i => new[]
        {
            AddAsync(Some($"a{i}", sha256: $"{i % 5}")),
            other.AddAsync(Tenant, Some($"b{i}", sha256: $"{i % 5}"), default).AsTask(),
        }));
        Assert.Equal(5, added.Distinct().Count());
        Assert.Equal(5, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Add_AnswerLost_IsThereOnce()
    {
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
        var index = new SharedFileIndex(_place.Open(proxy: proxy));
        await index.AddAsync(Tenant, Some("a"), default);
        proxy.Arm(0);
        Assert.Equal("b", (await index.AddAsync(Tenant, Some("b"), default)).Id);

        Assert.True(proxy.Faulted.IsCompletedSuccessfully);
        Assert.Equal(["a", "b"], (await ListAsync()).Select(file => file.Id));
    }

    protected sealed override async Task<IFileIndex> OpenAsync()
    {
        _place = await SharedPlace.CreateAsync(server, SharedFileIndex.Schema(server.Dialect));
        return new SharedFileIndex(_place.Open());
    }

    protected sealed override Task<IFileIndex> ReopenAsync() => Task.FromResult<IFileIndex>(new SharedFileIndex(_place.Open()));
}
