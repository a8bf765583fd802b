using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Outrider.Api.Operations;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>Holds what callers were told against what is remembered.</summary>
internal sealed partial class Memory(
    ClusterStack stack, string key, Ledger ledger, IReadOnlyList<SimulatedAgent> simulated, IEnumerable<string> real)
{
    public async Task VerifyAsync()
    {
        await AgentsAsync();
        await AuditAsync();
        await TenantsAsync();
        await ReportsAsync();
    }

    /// <summary>No statement ran twice, and each that was answered ran where it was said to.</summary>
    private async Task AgentsAsync()
    {
        var ran = simulated.ToDictionary(agent => agent.Name, agent => agent.Statements);
        foreach (var name in real)
        {
            var file = Path.Combine(stack.Folder, $"agent-{name}", "audit.jsonl");
            await ChildProcess.RunAsync(Programs.Agent, ["audit", "verify", file]);
            ran[name] = [.. File.ReadLines(file).Where(line => line.Contains("\"event\":\"allowed\""))];
        }
        var ids = ran.SelectMany(agent => agent.Value.SelectMany(Ids).Select(id => (Agent: agent.Key, Id: id))).ToList();
        Assert.Empty(ids.GroupBy(one => one.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(ledger.Of("query").Select(query => (query.Where, query.Id)).Except(ids));
    }

    /// <summary>The centre's audit has every statement that was answered.</summary>
    private async Task AuditAsync()
    {
        using var client = stack.Client(stack.Silos.First(silo => silo.IsRunning), key);
        var audited = new HashSet<string>();
        var after = "";
        while (true)
        {
            var page = await client.GetFromJsonAsync<AuditPage>(TestCentre.Path($"/audit?limit=100{after}"), TestCentre.Json);
            audited.UnionWith(page!.Entries.Where(entry => entry is { Action: "sql.run", Outcome: "ok" }).SelectMany(entry => Ids(entry.Detail!)));
            if (page.Next is not { } next)
                break;
            after = $"&after={next}";
        }
        Assert.Empty(ledger.Of("query").Select(query => query.Id).Except(audited));
    }

    /// <summary>Tenants are there, their keys good and their tokens listed, whichever silo is asked.</summary>
    private async Task TenantsAsync()
    {
        var silos = stack.Silos.Where(silo => silo.IsRunning).ToList();
        var asked = 0;
        SiloProcess Next() => silos[asked++ % silos.Count];
        foreach (var tenant in ledger.Of("tenant"))
        {
            using var platform = stack.Client(Next());
            var view = await platform.GetFromJsonAsync<TenantView>(TestCentre.Path($"/tenants/{tenant.Id}"), TestCentre.Json);
            Assert.Empty(ledger.Of("token").Where(token => token.Where == tenant.Id).Select(token => token.Id).Except(view!.EnrolmentTokens.Select(token => token.Id)));
        }
        foreach (var issued in ledger.Of("key"))
        {
            using var client = stack.Client(Next(), issued.Id);
            using var response = await client.GetAsync(TestCentre.Path("/agents"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private async Task ReportsAsync()
    {
        using var client = stack.Client(stack.Silos.Last(silo => silo.IsRunning), key);
        foreach (var report in ledger.Of("report"))
        {
            var read = await client.GetFromJsonAsync<JsonElement>(TestCentre.Path($"/agents/{report.Where}/diagnoses/{report.Id}"));
            Assert.Equal(report.Id, read.GetProperty("id").GetString());
        }
    }

    private static IEnumerable<string> Ids(string statement) => Id().Matches(statement).Select(match => match.Value);

    [GeneratedRegex("w[0-9a-f]{32}")]
    private static partial Regex Id();
}
