using System.Text.RegularExpressions;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Diagnosis.Storage;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.SqlGuard;
using Outrider.Testing.Scenarios;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed partial class ExpertCatalogTests
{
    [Fact]
    public void Catalog_NamesAndTools_AreUniqueAndFound()
    {
        Assert.Equal(ExpertCatalog.All.Count, ExpertCatalog.All.Select(expert => expert.Name).Distinct().Count());
        Assert.All(ExpertCatalog.All, expert => Assert.Same(expert, ExpertCatalog.Find(expert.Name)));
        Assert.All(ExpertCatalog.All, expert => Assert.Same(expert, ExpertCatalog.FindTool(expert.Tool)));
        Assert.Null(ExpertCatalog.Find("astrology"));
        Assert.Equal(["diagnose_storage", "analyze_storage_amplification"], ExpertCatalog.Views.Select(view => view.Tool));
    }

    [Fact]
    public void Docs_FindingTable_HasExactlyTheCodes()
    {
        var page = File.ReadAllText(Path.Combine(Scenario.Root(), "docs", "diagnosis", "storage.md"));
        page = page[page.IndexOf("## Findings", StringComparison.Ordinal)..page.IndexOf("## Arguments", StringComparison.Ordinal)];
        var documented = FindingRow().Matches(page).Select(match => match.Groups[1].Value);

        Assert.Equal(StorageRuleTests.Constants().Order(), documented.Order());
    }

    /// <summary>Every statement that any expert sends in any situation passes the agent's guard.</summary>
    [Fact]
    public void Statements_OfAllExperts_PassTheGuard()
    {
        var now = new DateTime(2026, 1, 10, 11, 30, 4);
        var sent = new HashSet<string>();
        foreach (var scenario in new[] { "healthy", "disk-full", "shared-data-amplification", "minimal" }.Select(name => Scenario.Load(name, now)))
        {
            foreach (var expert in ExpertCatalog.All)
                Collect(expert, [], scenario);
            Collect(AmplificationExpert.Expert, new() { ["database_name"] = "o'brien\\的库", ["table_name"] = "web-sales; DROP TABLE x" }, scenario);
        }

        Assert.All(sent, sql => Assert.True(SqlGuard.Check(sql).Allowed, sql));
        Assert.True(sent.Count >= 18, $"only {sent.Count} statements");

        void Collect(Expert expert, Dictionary<string, string> arguments, Scenario scenario)
        {
            ExpertRun.Gather(expert, arguments, sql =>
            {
                sent.Add(sql);
                return scenario.Ask(sql);
            });
            ExpertRun.Gather(expert, arguments, sql =>
            {
                sent.Add(sql);
                return new Problem(ProblemCodes.SqlFailed, "denied");
            });
        }
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FindingRow();
}
