using System.Net;
using System.Net.Http.Json;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.Process;

/// <summary>Real silos on one MariaDB, as they are run.</summary>
[Collection(SiloProcessGroup.Name)]
public sealed class SiloTests
{
    [Fact]
    public async Task Silos_Three_AreOneCentre()
    {
        await using var stack = await ClusterStack.StartAsync();
        // Orleans' own storage reads such keys as one and the same hexadecimal number.
        string[] tenants = ["abc", "ABC", "0abc"];
        foreach (var tenant in tenants)
            await stack.CreateTenantAsync(tenant);
        var keys = await Task.WhenAll(tenants.Select(tenant => stack.CreateKeyAsync(tenant, Role.Admin)));

        foreach (var silo in stack.Silos)
        {
            using var platform = stack.Client(silo);
            var page = (await platform.GetFromJsonAsync<Api.Rest.TenantPage>(TestCentre.Path("/tenants"), TestCentre.Json))!;
            Assert.Equal(tenants.Order(StringComparer.Ordinal), page.Tenants.Select(tenant => tenant.Id).Order(StringComparer.Ordinal));
            foreach (var key in keys)
            {
                using var client = stack.Client(silo, key);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TestCentre.Path("/agents"))).StatusCode);
            }
        }
        Assert.Contains("abc", await stack.CommandAsync(stack.Silos[1], "tenant", "list"));
    }

    [Fact]
    public async Task Terminate_OneOfTwo_LeavesInOrderAndTheOtherGoesOn()
    {
        await using var stack = await ClusterStack.StartAsync(2);
        await stack.CreateTenantAsync("acme");

        Assert.Equal(0, await stack.Silos[0].TerminateAsync());
        await stack.Silos[1].ReadyAsync(active: 1);

        using var platform = stack.Client(stack.Silos[1]);
        Assert.Equal(HttpStatusCode.OK, (await platform.GetAsync(TestCentre.Path("/tenants/acme"))).StatusCode);
    }
}
