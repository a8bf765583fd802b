using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.Process;

/// <summary>People of a cluster: what one silo did, all know.</summary>
[Collection(SiloProcessGroup.Name)]
public sealed partial class PeopleTests(SiloDatabases databases)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task User_SignedInAtOneSilo_CallsAnotherUntilSignedOutAtAThird()
    {
        await using var stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        await stack.CreateTenantAsync("acme");
        using var platform = stack.Client(stack.Silos[0]);
        using var created = await platform.PostAsJsonAsync(
            TestCentre.Path("/tenants/acme/users"), new { name = "ada", role = Role.Admin, password = Password }, TestCentre.Json);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        using var signedIn = await stack.Silos[0].Client.PostAsJsonAsync(
            TestCentre.Path("/auth/login"), new { tenant = "acme", name = "ada", password = Password, token = true });
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        using var second = stack.Client(stack.Silos[1], token);
        using var third = stack.Client(stack.Silos[2], token);

        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync(TestCentre.Path("/agents"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await third.PostAsync(TestCentre.Path("/auth/logout-everywhere"), null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync(TestCentre.Path("/agents"))).StatusCode);
    }

    [Fact]
    public async Task FirstRun_EachSiloPrintsALink_TheNewestCounts()
    {
        await using var stack = await ClusterStack.CreateAsync(2, on: databases.MariaDb);
        var links = new List<string>();
        foreach (var silo in stack.Silos)
        {
            silo.Start(supervised: true);
            await Eventually.SoAsync("the silo prints a link", () => Task.FromResult(Link().IsMatch(silo.Output)));
            links.Add(Link().Match(silo.Output).Groups[1].Value);
        }

        Assert.Equal(HttpStatusCode.Forbidden, await WelcomeAsync(stack.Silos[1], links[0]));
        Assert.Equal(HttpStatusCode.OK, await WelcomeAsync(stack.Silos[0], links[1]));
        Assert.Equal(HttpStatusCode.Forbidden, await WelcomeAsync(stack.Silos[1], links[1]));
    }

    private static async Task<HttpStatusCode> WelcomeAsync(SiloProcess silo, string token)
    {
        using var response = await silo.Client.PostAsJsonAsync(TestCentre.Path("/auth/welcome"), new { token, name = "root", password = Password });
        return response.StatusCode;
    }

    [GeneratedRegex(@"/welcome#(oli\.~\.~\.\S+)")]
    private static partial Regex Link();
}
