using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class OpenApiCommandTests
{
    [Fact]
    public async Task OpenApi_WithoutACentre_IsWhatACentreServes()
    {
        var (status, output, error) = await CentreCommand.RunAsync("openapi");
        Assert.Equal((0, ""), (status, error));

        await using var centre = await TestCentre.StartAsync();
        using var client = centre.Client(null);
        Assert.Equal(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)), output.TrimEnd());
    }

    [Fact]
    public async Task OpenApi_AnyDataFolder_IsNotTouched()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var (status, _, _) = await CentreCommand.RunAsync("openapi", "--data", folder);

        Assert.Equal(0, status);
        Assert.False(Directory.Exists(folder));
    }
}
