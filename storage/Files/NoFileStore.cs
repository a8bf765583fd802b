using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Storage.Files;

/// <summary>Keeps nothing: of a cluster whose operator named no folder that all silos share.</summary>
public sealed class NoFileStore : IFileStore
{
    public ValueTask<Outcome<IFileUpload>> BeginAsync(string tenant, string? name, long bytes, CancellationToken cancellation) =>
        ValueTask.FromResult<Outcome<IFileUpload>>(new Problem(ProblemCodes.Unavailable,
            "This centre keeps no files. Its operator can name a folder that all silos share: the setting files (OUTRIDER_FILES)."));

    public ValueTask<Stream?> OpenAsync(string tenant, string sha256, CancellationToken cancellation) => ValueTask.FromResult<Stream?>(null);

    public ValueTask DeleteAsync(string tenant, string sha256, Func<ValueTask<bool>> isUsed, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask CleanAsync(Func<string, string, ValueTask<bool>> isUsed, CancellationToken cancellation) => ValueTask.CompletedTask;
}
