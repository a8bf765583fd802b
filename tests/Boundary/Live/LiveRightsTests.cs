using System.Net.WebSockets;
using Outrider.Api.Auth;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Documents;
using Outrider.Testing.Link;

namespace Outrider.Tests.Boundary.Live;

/// <summary>What each role may look at, as docs/rights.md says.</summary>
public sealed class LiveRightsTests : IAsyncLifetime
{
    /// <summary>Member of <c>subscribe</c> → a frame that has it.</summary>
    private static readonly Dictionary<string, string> s_frames = new()
    {
        ["agents"] = """{"type":"subscribe","id":"s","agents":["*"]}""",
        ["metrics"] = """{"type":"subscribe","id":"s","agents":["*"],"metrics":["*"]}""",
        ["alerts"] = """{"type":"subscribe","id":"s","agents":["*"],"alerts":true}""",
        ["tasks"] = """{"type":"subscribe","id":"s","tasks":["0123456789abcdef0123456789abcdef"]}""",
    };

    private LiveCentre _live = null!;

    public static TheoryData<string> Members => [.. s_frames.Keys];

    public async Task InitializeAsync() => _live = await LiveCentre.StartAsync();

    public async Task DisposeAsync() => await _live.DisposeAsync();

    [Fact]
    public void Documentation_NamesEachMember() => Assert.Equal(s_frames.Keys, RightsPage.Permissions("Live feed").Keys);

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Subscribe_EachRole_SeesWhatItMay(string member)
    {
        var roles = Permissions.Roles[RightsPage.Permissions("Live feed")[member]!.Value];
        foreach (var role in new[] { Role.Viewer, Role.Operator, Role.Admin })
            Assert.Equal(roles.Contains(role), await SeesAsync(await _live.Centre.CreateKeyAsync("acme", role, $"{role}"), s_frames[member]));
        Assert.Equal(roles.Contains(Role.Platform), await SeesAsync(_live.Centre.Platform.DefaultRequestHeaders.Authorization!.Parameter!, s_frames[member]));
    }

    private async Task<bool> SeesAsync(string key, string frame)
    {
        try
        {
            await using var viewer = await RawViewer.OpenAsync(_live.Centre.Url, options => options.SetRequestHeader("X-API-Key", key));
            await viewer.ReceiveAsync("ready");
            await viewer.SendTextAsync(frame);
            var answer = (await viewer.ReceiveAsync())!.Value;
            // Of a task that isn't there it says just that.
            return !(answer.GetProperty("type").GetString() == "error" && answer.GetProperty("code").GetString() == ProblemCodes.Forbidden);
        }
        catch (WebSocketException e) when (e.Message.Contains("403", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
