using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Diagnosis.Storage;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Scenarios;
using Xunit.Abstractions;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class ScenarioTests(ITestOutputHelper output)
{
    private static readonly DateTime s_now = new(2026, 1, 10, 11, 30, 4);

    [Fact]
    public void Storage_Healthy_IsExcellentWithoutWarnings()
    {
        var report = Run(StorageExpert.Expert, "healthy");

        Assert.Equal(100, report.Score);
        Assert.Equal("HEALTHY", report.Status);
        Assert.Equal("EXCELLENT", report.Level);
        Assert.Equal(720, report.NextCheckMinutes);
        Assert.DoesNotContain(report.Findings, finding => finding.Severity != Severities.Info);
        Assert.Empty(report.Notes);
    }

    [Fact]
    public void Storage_DiskFull_FindsDiskReplicasAndImbalance()
    {
        var report = Run(StorageExpert.Expert, "disk-full");

        Assert.Equal("CRITICAL", report.Status);
        Assert.Equal("POOR", report.Level);
        Assert.Equal(30, report.NextCheckMinutes);
        string[] expected =
        [
            StorageFindings.DiskCritical, StorageFindings.DiskWarning, StorageFindings.UnhealthyTablets, StorageFindings.DataImbalance,
            StorageFindings.TabletImbalance, StorageFindings.OtherData, StorageFindings.SingleReplica, StorageFindings.CloningTablets,
            StorageFindings.LargePartitions,
        ];
        Assert.Equal(expected.Order(), report.Findings.Select(finding => finding.Code).Distinct().Order());
        Assert.All(report.Findings, finding => Assert.NotEmpty(finding.Evidence));
        Assert.Empty(report.Notes);
        var unhealthy = report.Findings.Single(finding => finding.Code == StorageFindings.UnhealthyTablets);
        Assert.Contains(unhealthy.Evidence, row => row is { Statement: "statistic_10328", Column: "UnhealthyTablets" });
        Assert.Contains(unhealthy.Evidence, row => row is { Row: "ods_trade.订单流水", Column: "PartitionName", Value: "p202511" });
        Assert.Contains("97.6 %", report.Summary);
    }

    [Theory]
    [InlineData("storage")]
    [InlineData("storage_amplification")]
    public void SharedData_Amplified_NamesTablesAndReasons(string expert)
    {
        var report = Run(ExpertCatalog.Find(expert)!, "shared-data-amplification");

        Assert.Equal("CRITICAL", report.Status);
        Assert.Equal("shared_data", report.Facts["run_mode"]);
        Assert.Equal("builtin_storage_volume, cold_archive", report.Facts["storage_volumes"]);
        var tables = report.Findings.Where(finding => finding.Code == StorageFindings.AmplificationTable).ToList();
        Assert.Equal(["dwd.用户行为日志", "tpcds_1t.web_sales", "dwd.点击流_明细"], tables.Select(table => table.Subject));
        Assert.Contains("compaction isn't the reason", tables[0].Message);
        Assert.Contains("compaction is behind", tables[1].Message);
        Assert.Contains(report.Findings, finding => finding.Code == StorageFindings.AmplificationCluster);
        Assert.Contains(report.Findings, finding => finding is { Code: StorageFindings.CompactionBehind, Severity: Severities.Critical });
        Assert.DoesNotContain(report.Findings, finding => finding.Subject?.StartsWith("ads.", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Amplification_OfOneTable_LooksAtThatTableOnly()
    {
        var report = Run(AmplificationExpert.Expert, "shared-data-amplification", new() { ["table_name"] = "tpcds_1t.store_sales" });

        Assert.Equal("HEALTHY", report.Status);
        Assert.Equal("1", report.Facts["partitions"]);
        Assert.Contains("table tpcds_1t.store_sales", report.Summary);
    }

    [Fact]
    public void Amplification_OfUnknownTable_HasNoScoreAndSaysWhy()
    {
        var report = Run(AmplificationExpert.Expert, "shared-data-amplification", new() { ["database_name"] = "nowhere" });

        Assert.Null(report.Score);
        Assert.Equal("UNKNOWN", report.Level);
        Assert.Contains(report.Notes, note => note.Contains("no partition in database nowhere"));
    }

    [Fact]
    public void Amplification_SharedNothing_IsNotApplicable()
    {
        var bundle = ExpertRun.Gather(AmplificationExpert.Expert, Scenario.Load("healthy", s_now));
        var outcome = ReportFactory.Reanalyse(bundle);

        Assert.Equal(ProblemCodes.ExpertNotApplicable, outcome.Problem?.Code);
        Assert.Contains("diagnose_storage", outcome.Problem!.Message);
        Assert.DoesNotContain(bundle.Statements, statement => statement.Id == Partition.StatementId);
    }

    [Fact]
    public void Minimal_OldColumnsOnly_IsJudgedWithWhatIsThere()
    {
        var report = Run(StorageExpert.Expert, "minimal");

        Assert.Equal(90, report.Score);
        Assert.Equal(StorageFindings.TooFewNodes, Assert.Single(report.Deductions).Code);
        Assert.Contains(report.Notes, note => note.Contains("'backends' lacks the columns TabletNum, AvailCapacity"));
        Assert.Contains(report.Notes, note => note.Contains("'statistic' is missing (sql_failed)"));
    }

    /// <summary>Statement definitions and scenarios agree on names: a full-size cluster has every column that is read.</summary>
    [Theory]
    [InlineData("healthy")]
    [InlineData("disk-full")]
    [InlineData("shared-data-amplification")]
    public void Scenarios_HaveEveryColumnThatExpertsRead(string name)
    {
        var scenario = Scenario.Load(name, s_now);
        foreach (var expert in ExpertCatalog.All)
        {
            var bundle = ExpertRun.Gather(expert, scenario);
            var evidence = new Evidence(bundle.Statements);
            var arguments = ExpertArguments.Read(expert, new Dictionary<string, string>()).Value!;
            foreach (var statement in expert.Plan(arguments, evidence).Where(statement => statement.Skipped is null))
            {
                var rows = evidence.Find(statement.Id)?.Rows;
                Assert.True(rows is not null, $"{name}: no answer to {statement.Sql}");
                Assert.All([.. statement.Required, .. statement.Optional], column => Assert.True(rows.Has(column), $"{name}: {statement.Id} has no {column}"));
            }
        }
    }

    private DiagnosisReport Run(Expert expert, string scenario, Dictionary<string, string>? arguments = null)
    {
        var outcome = ReportFactory.Reanalyse(ExpertRun.Gather(expert, Scenario.Load(scenario, s_now), arguments));
        Assert.Null(outcome.Problem);
        output.WriteLine(outcome.Value!.Summary);
        foreach (var finding in outcome.Value.Findings)
            output.WriteLine($"{finding.Severity} {finding.Code}: {finding.Message} [{string.Join("; ", finding.Evidence)}]");
        foreach (var line in outcome.Value.Deductions.Select(deduction => deduction.ToString()).Concat(outcome.Value.Notes))
            output.WriteLine(line);
        return outcome.Value;
    }
}
