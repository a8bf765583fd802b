using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Diagnosis.Storage;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Testing.Scenarios;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class PartialEvidenceTests
{
    private static readonly string[] s_scenarios = ["healthy", "disk-full", "shared-data-amplification"];

    /// <summary>Whatever fails: findings only come from what answered, and what is missing is said.</summary>
    [Fact]
    public void AnyStatementsFailing_NothingIsInvented() => Prop.ForAll<int, uint>((which, failing) =>
    {
        var editor = new EvidenceEditor(StorageExpert.Expert, s_scenarios[(uint)which % 3]);
        var whole = editor.Report;
        var ids = editor.Bundle.Statements.Where(statement => statement.Rows is not null).Select(statement => statement.Id).ToList();
        var failed = ids.Where((_, i) => (failing >> i & 1) == 1 && ids[i] != ClusterProbe.RunModeStatement.Id).ToList();
        foreach (var id in failed)
            editor.Fail(id);
        var report = editor.Report;

        Assert.All(report.Findings.SelectMany(finding => finding.Evidence), row => Assert.DoesNotContain(row.Statement, failed));
        Assert.All(report.Findings, finding => Assert.Contains(whole.Findings, known => (known.Code, known.Subject) == (finding.Code, finding.Subject)));
        Assert.All(failed, id => Assert.Contains(report.Notes, note => note.StartsWith($"Evidence '{id}' is missing", StringComparison.Ordinal)));
        var blind = failed.Contains("backends") || failed.Contains("compute_nodes");
        Assert.Equal(blind, report.Score is null);
        Assert.Equal(blind, report.Level == Scoring.Unknown);
        Assert.NotEqual(blind, report.Status == "HEALTHY" || report.Score is not null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyCells_Garbage_NeverThrowsAndScoresStayInRange() => Prop.ForAll<int, string?[]>((which, garbage) =>
    {
        var next = 0;
        var editor = new EvidenceEditor(StorageExpert.Expert, s_scenarios[(uint)which % 3])
            .EachCell(cell => garbage.Length > 0 && ++next % 3 == 0 ? garbage[next % garbage.Length] : cell);
        var report = editor.Report;

        Assert.True(report.Score is null or >= 0 and <= 100);
        Assert.DoesNotContain("NaN", string.Concat(report.Findings.Select(finding => finding.Message)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NothingReadable_HasNoScore()
    {
        var report = new EvidenceEditor(StorageExpert.Expert, "healthy").EachCell(_ => null).Report;

        Assert.Null(report.Score);
        Assert.Equal("UNKNOWN", report.Level);
        Assert.Equal("UNKNOWN", report.Status);
    }

    [Fact]
    public void UnreadableSizes_AreNotedNotZero()
    {
        var report = new EvidenceEditor(StorageExpert.Expert, "healthy").SetAll("partitions", "DATA_SIZE", "15.6 QB").Report;

        Assert.Contains(report.Notes, note => note.StartsWith("DATA_SIZE is missing or unreadable in 27 of 27 partitions", StringComparison.Ordinal));
    }

    [Fact]
    public void Truncated_IsNoted()
    {
        var report = new EvidenceEditor(StorageExpert.Expert, "healthy").Truncate("partitions").Report;

        Assert.True(report.Evidence.Single(item => item.Id == "partitions").Truncated);
        Assert.Contains(report.Notes, note => note.Contains("'partitions' was cut after 27 rows"));
    }

    [Fact]
    public void MissingRequiredColumn_IsIncompleteNotFailed()
    {
        var healthy = new EvidenceEditor(StorageExpert.Expert, "healthy");
        var bundle = ExpertRun.Gather(StorageExpert.Expert, [], sql =>
        {
            var answer = Scenario.Load("healthy", new DateTime(2026, 1, 10, 11, 30, 4)).Ask(sql);
            return sql == "SHOW BACKENDS" ? healthy.DropColumn("backends", "TabletNum").Bundle.Statements.Find(s => s.Id == "backends")!.Rows! : answer;
        });
        var item = ReportFactory.Reanalyse(bundle).Value!.Evidence.Single(item => item.Id == "backends");

        Assert.Equal(EvidenceStatuses.Incomplete, item.Status);
        Assert.Equal("Missing columns: TabletNum.", item.Note);
    }

    [Fact]
    public void RunModeUnknown_NodesDecide()
    {
        var scenario = Scenario.Load("shared-data-amplification", new DateTime(2026, 1, 10, 11, 30, 4));
        var bundle = ExpertRun.Gather(StorageExpert.Expert, [], sql => sql.StartsWith("ADMIN", StringComparison.Ordinal) ? Denied() : scenario.Ask(sql));
        var report = ReportFactory.Reanalyse(bundle).Value!;

        Assert.Equal("nodes", report.Facts["run_mode_source"]);
        Assert.Equal("shared_data", report.Facts["run_mode"]);
        Assert.Contains(report.Findings, finding => finding.Code == StorageFindings.AmplificationCluster);
    }

    [Fact]
    public void EverythingDenied_IsUnknownAndSaysSo()
    {
        var report = ReportFactory.Reanalyse(ExpertRun.Gather(StorageExpert.Expert, [], _ => Denied())).Value!;

        Assert.Null(report.Score);
        Assert.Equal("UNKNOWN", report.Status);
        Assert.Empty(report.Findings);
        Assert.Contains("an unknown cluster", report.Summary);
        Assert.All(report.Evidence, item => Assert.Equal(EvidenceStatuses.Failed, item.Status));
    }

    [Fact]
    public void OldVersion_WithoutStorageSize_IsAskedWithoutItAndSaysSo()
    {
        var scenario = Scenario.Load("shared-data-amplification", new DateTime(2026, 1, 10, 11, 30, 4));
        var bundle = ExpertRun.Gather(AmplificationExpert.Expert, [], sql =>
        {
            var answer = scenario.Ask(sql);
            return sql.Contains("information_schema.columns")
                ? new RowTable(answer.Value!.Columns, [.. answer.Value.Rows.Where(row => row[0] is not ("STORAGE_SIZE" or "MAX_CS"))])
                : answer;
        });
        var report = ReportFactory.Reanalyse(bundle).Value!;

        Assert.DoesNotContain("STORAGE_SIZE", report.Evidence.Single(item => item.Id == "partitions").Sql);
        Assert.Null(report.Score);
        Assert.Contains(report.Notes, note => note.Contains("no STORAGE_SIZE"));
    }

    [Fact]
    public void ColumnProbe_Empty_DescribesInstead()
    {
        var scenario = Scenario.Load("shared-data-amplification", new DateTime(2026, 1, 10, 11, 30, 4));
        var bundle = ExpertRun.Gather(AmplificationExpert.Expert, [], sql =>
            sql.StartsWith("DESC ", StringComparison.Ordinal) ? Table("Field", "DB_NAME", "STORAGE_SIZE", "MAX_CS")
            : sql.Contains("information_schema.columns") ? Table("COLUMN_NAME")
            : scenario.Ask(sql));

        Assert.Contains("STORAGE_SIZE, MAX_CS FROM", bundle.Statements.Find(statement => statement.Id == "partitions")!.Sql);
        Assert.Equal("CRITICAL", ReportFactory.Reanalyse(bundle).Value!.Status);
    }

    [Fact]
    public void Plan_EndlessDatabases_StaysWithinItsLimits()
    {
        var columns = "DbId,DbName,TabletNum,ReplicaNum,UnhealthyTabletNum,InconsistentTabletNum".Split(',');
        var statistic = new RowTable(
            [.. columns.Select(name => new RowSetColumn(name, ColumnKind.Text, "VARCHAR"))],
            [.. Enumerable.Range(1, 5000).Select(i => new[] { $"{i}", $"db{i}", "100", "300", $"{i}", "0" })]);
        var scenario = Scenario.Load("healthy", new DateTime(2026, 1, 10, 11, 30, 4));
        var bundle = ExpertRun.Gather(StorageExpert.Expert, [], sql =>
            sql == "SHOW PROC '/statistic'" ? statistic
            : sql.StartsWith("SHOW PROC '/statistic/", StringComparison.Ordinal) ? Table("UnhealthyTablets", string.Join(',', Enumerable.Range(1, 900)))
            : scenario.Ask(sql));

        Assert.True(bundle.Statements.Count <= PlanLimits.Statements);
        Assert.Contains(bundle.Statements, statement => statement.Id == "statistic_5000");
        Assert.DoesNotContain(bundle.Statements, statement => statement.Id == "statistic_1");
    }

    private static Outcome<RowTable> Denied() => new Problem(ProblemCodes.SqlFailed, "1227 (42000): Access denied.");

    private static RowTable Table(string column, params string[] cells) =>
        new([new(column, ColumnKind.Text, "VARCHAR")], [.. cells.Select(cell => new[] { cell })]);
}
