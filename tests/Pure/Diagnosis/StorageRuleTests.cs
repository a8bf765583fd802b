using System.Reflection;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Diagnosis.Storage;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class StorageRuleTests
{
    /// <summary>For each code the smallest change to a healthy cluster that makes it fire.</summary>
    private static readonly Dictionary<string, Func<EvidenceEditor, EvidenceEditor>> s_causes = new()
    {
        [StorageFindings.NoNodes] = e => e.Clear("backends"),
        [StorageFindings.NodeDead] = e => e.Set("backends", 1, "Alive", "false"),
        [StorageFindings.NodeDecommissioned] = e => e.Set("backends", 1, "SystemDecommissioned", "true"),
        [StorageFindings.HeartbeatError] = e => e.Set("backends", 1, "ErrMsg", "java.net.SocketTimeoutException: Read timed out"),
        [StorageFindings.HeartbeatStale] = e => e.Set("backends", 1, "LastHeartbeat", "2026-01-10 11:29:03"),
        [StorageFindings.MixedVersions] = e => e.Set("backends", 1, "Version", "3.3.10-d4e5f6a"),
        [StorageFindings.HighMemory] = e => e.Set("backends", 1, "MemUsedPct", "90.01 %"),
        [StorageFindings.CacheAbnormal] = e => e.Set("backends", 1, "DataCacheMetrics", "Status: Abnormal, DiskUsage: 0.00GB/2.00GB"),
        [StorageFindings.DiskEmergency] = e => e.Set("backends", 1, "MaxDiskUsedPct", "98.00 %"),
        [StorageFindings.DiskCritical] = e => e.Set("backends", 1, "MaxDiskUsedPct", "95.00 %"),
        [StorageFindings.DiskWarning] = e => e.Set("backends", 1, "MaxDiskUsedPct", "85.00 %"),
        [StorageFindings.LowFreeSpace] = e => e.Set("backends", 1, "AvailCapacity", "9.999 GB"),
        [StorageFindings.DiskOutOfUse] = e => e.Set("disks", 3, "VALUE", "0"),
        [StorageFindings.DiskImbalance] = e => e.Set("backends", 1, "MaxDiskUsedPct", "60.00 %").Set("backends", 1, "UsedPct", "49.99 %"),
        [StorageFindings.OtherData] = e => e.Set("backends", 1, "AvailCapacity", "1.400 TB"),
        [StorageFindings.UnhealthyTablets] = e => e.Set("statistic", 1, "UnhealthyTabletNum", "1"),
        [StorageFindings.InconsistentTablets] = e => e.Set("statistic", 1, "InconsistentTabletNum", "1"),
        [StorageFindings.ErrorTablets] = e => e.Set("statistic", 1, "ErrorStateTabletNum", "1"),
        [StorageFindings.CloningTablets] = e => e.Set("statistic", 1, "CloningTabletNum", "1"),
        [StorageFindings.RepairBacklog] = e => e.Set("cluster_balance", 5, "Number", "500"),
        [StorageFindings.RepairNotScheduled] = e => e.Set("statistic", 1, "UnhealthyTabletNum", "1"),
        [StorageFindings.HighTabletCount] = e => e.SetAll("backends", "TabletNum", "50001"),
        [StorageFindings.SingleReplica] = e => e.Set("partitions", 0, "REPLICATION_NUM", "1"),
        [StorageFindings.TooFewNodes] = e => e.Set("partitions", 0, "REPLICATION_NUM", "4"),
        [StorageFindings.DataImbalance] = e => e.Set("backends", 1, "DataUsedCapacity", "300.000 GB"),
        [StorageFindings.TabletImbalance] = e => e.Set("backends", 1, "TabletNum", "900"),
        [StorageFindings.LargePartitions] = e => e.Set("partitions", 0, "DATA_SIZE", "10.1GB"),
        [StorageFindings.OversizedTablets] = e => e.Set("partitions", 0, "DATA_SIZE", "160.1GB"),
        [StorageFindings.SmallTablets] = e => e.Set("partitions", 0, "BUCKETS", "5000"),
    };

    /// <summary>The same for a shared-data cluster without amplification.</summary>
    private static readonly Dictionary<string, Func<EvidenceEditor, EvidenceEditor>> s_sharedDataCauses = new()
    {
        [StorageFindings.NoCacheDisk] = e => e.Set("compute_nodes", 1, "HasStoragePath", "false"),
        [StorageFindings.AmplificationCluster] = e => e.SetAll("partitions", "STORAGE_SIZE", "400GB"),
        [StorageFindings.AmplificationTable] = e => e.Set("partitions", 0, "STORAGE_SIZE", "400GB"),
        [StorageFindings.AmplificationPartition] = e => e.Set("partitions", 0, "STORAGE_SIZE", "400GB"),
        [StorageFindings.CompactionBehind] = e => e.Set("partitions", 0, "MAX_CS", "100.1"),
    };

    public static TheoryData<string> Codes => [.. Constants()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_ItsCause_Fires(string code)
    {
        var shared = s_sharedDataCauses.TryGetValue(code, out var cause);
        cause ??= s_causes[code];

        Assert.DoesNotContain(Start(shared).Report.Findings, finding => finding.Code == code);
        var fired = cause(Start(shared)).Report.Findings.Where(finding => finding.Code == code).ToList();

        var finding = fired[0];
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.Advice);
        if (finding.Severity != Severities.Info)
            Assert.Contains(finding.Evidence, row => row.Threshold is not null);
    }

    [Theory]
    [InlineData("MaxDiskUsedPct", "84.99 %", null)]
    [InlineData("MaxDiskUsedPct", "85 %", StorageFindings.DiskWarning)]
    [InlineData("MaxDiskUsedPct", "94.99 %", StorageFindings.DiskWarning)]
    [InlineData("MaxDiskUsedPct", "95 %", StorageFindings.DiskCritical)]
    [InlineData("MaxDiskUsedPct", "97.99 %", StorageFindings.DiskCritical)]
    [InlineData("MaxDiskUsedPct", "98 %", StorageFindings.DiskEmergency)]
    [InlineData("MaxDiskUsedPct", "100.00 %", StorageFindings.DiskEmergency)]
    [InlineData("AvailCapacity", "10.000 GB", null)]
    [InlineData("AvailCapacity", "0.000 B", StorageFindings.LowFreeSpace)]
    [InlineData("MemUsedPct", "90.00 %", null)]
    [InlineData("LastHeartbeat", "2026-01-10 11:29:04", null)]
    [InlineData("LastHeartbeat", "NULL", null)]
    [InlineData("LastHeartbeat", "2026-01-10 12:29:04", null)]
    [InlineData("DataUsedCapacity", "N/A", null)]
    [InlineData("AvailCapacity", "?", null)]
    [InlineData("MaxDiskUsedPct", "", null)]
    [InlineData("StatusCode", "SHUTDOWN", StorageFindings.HeartbeatError)]
    [InlineData("DataCacheMetrics", "N/A", null)]
    public void Node_AtTheThreshold_FiresExactlyThen(string column, string value, string? code)
    {
        // All three nodes alike, so that no balance rule speaks; the disks' other figures are taken out of the way.
        var editor = Start(false).SetAll("backends", "UsedPct", "NULL").SetAll("backends", "TotalCapacity", "NULL").SetAll("backends", column, value);

        Assert.Equal(code is null ? [] : [code, code, code], editor.Report.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("2026-01-10 19:30:04", null)]
    [InlineData("2026-01-10 03:30:04", null)]
    [InlineData("2026-01-10 19:35:00", StorageFindings.HeartbeatStale)]
    public void Heartbeat_InAnotherZone_IsNotTakenForAge(string now, string? code)
    {
        var report = Start(false).Set("now", 0, "NOW()", now).Report;

        Assert.Equal(code is null ? [] : [code, code, code], report.Findings.Select(finding => finding.Code));
        Assert.Contains(report.Notes, note => note.Contains("differ by 08:00 h"));
    }

    [Theory]
    [InlineData("healthy", "8000 PB")]
    [InlineData("healthy", "9223372036854775807")]
    [InlineData("shared-data-amplification", "8000 PB")]
    [InlineData("shared-data-amplification", "9223372036854775807")]
    public void Numbers_BeyondReason_DoNotOverflow(string scenario, string value)
    {
        var report = new EvidenceEditor(StorageExpert.Expert, scenario).EachCell(cell =>
            cell is not null && (cell.EndsWith('B') || long.TryParse(cell, out _)) ? value : cell).Report;

        Assert.True(report.Score is null or >= 0 and <= 100);
        Assert.All(report.Facts.Values, fact => Assert.DoesNotContain("-", fact[..1]));
    }

    [Fact]
    public void DeadNode_WithFullDisk_IsJudgedAsDeadOnly()
    {
        var report = Start(false).Set("backends", 1, "Alive", "false").Set("backends", 1, "MaxDiskUsedPct", "99 %")
            .Set("backends", 1, "DataUsedCapacity", "900 GB").Report;

        Assert.Equal([StorageFindings.NodeDead, StorageFindings.TooFewNodes], report.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void SingleReplica_OnTheOnlyBackend_CostsNothing()
    {
        var editor = new EvidenceEditor(StorageExpert.Expert, "minimal").Set("partitions", 0, "REPLICATION_NUM", "1");

        Assert.Equal(Severities.Info, Assert.Single(editor.Report.Findings, finding => finding.Code == StorageFindings.SingleReplica).Severity);
        Assert.Equal(100, editor.Report.Score);
    }

    [Theory]
    [InlineData("4", Severities.Warning)]
    [InlineData("5", Severities.Critical)]
    public void Unhealthy_AboveOnePercent_IsCritical(string count, string severity) =>
        Assert.Equal(severity, Start(false).Set("statistic", 1, "UnhealthyTabletNum", count)
            .Report.Findings.Single(finding => finding.Code == StorageFindings.UnhealthyTablets).Severity); // of 451 tablets

    [Theory]
    [InlineData("1GB", "2.9GB", Severities.Critical)]
    [InlineData("2.1GB", "4.2GB", Severities.Warning)]
    [InlineData("2GB", "3GB", null)]
    [InlineData("10.2MB", "1000MB", null)]
    [InlineData("0B", "5GB", Severities.Critical)]
    [InlineData("3GB", "2GB", null)]
    [InlineData("?", "500GB", null)]
    [InlineData("1GB", "", null)]
    public void Amplification_RatioAndWaste_DecideTogether(string live, string stored, string? severity)
    {
        var report = Start(true).Set("partitions", 0, "DATA_SIZE", live).Set("partitions", 0, "STORAGE_SIZE", stored).Report;

        Assert.Equal(severity, report.Findings.SingleOrDefault(finding => finding.Code == StorageFindings.AmplificationTable)?.Severity);
    }

    [Fact]
    public void DiskMetrics_WithPrefixAndOddLabels_AreRead()
    {
        var editor = Start(false).Set("disks", 3, "VALUE", "0").Set("disks", 3, "NAME", "starrocks_be_disks_state").Set("disks", 3, "LABELS", "path=/data1");

        Assert.Equal("10.0.0.11 path=/data1", editor.Report.Findings.Single(finding => finding.Code == StorageFindings.DiskOutOfUse).Subject);
    }

    [Fact]
    public void ManyNodes_WithTheSameTrouble_AreCountedButNotAllListed()
    {
        var bundle = Start(false).Set("backends", 0, "MaxDiskUsedPct", "86 %").Set("backends", 0, "UsedPct", "80 %").Bundle;
        var backends = bundle.Statements.Find(statement => statement.Id == "backends")!;
        var many = new Protocol.Rows.RowTable(backends.Rows!.Columns, [.. Enumerable.Repeat(backends.Rows.Rows[0], 100)]);
        var report = ReportFactory.Reanalyse(bundle with
        {
            Statements = bundle.Statements.ConvertAll(statement => statement.Id == "backends" ? statement with { Rows = many } : statement),
        }).Value!;

        Assert.Equal(80, report.Score);
        Assert.Equal(20, report.Findings.Count(finding => finding.Code == StorageFindings.DiskWarning));
        Assert.Contains("80 more findings of 'disk_warning' are counted but not listed.", report.Notes);
    }

    internal static IEnumerable<string> Constants() => typeof(StorageFindings).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!);

    private static EvidenceEditor Start(bool shared) => shared
        ? new EvidenceEditor(StorageExpert.Expert, "shared-data-amplification")
            .SetAll("partitions", "DATA_SIZE", "3GB").SetAll("partitions", "STORAGE_SIZE", "3.1GB").SetAll("partitions", "MAX_CS", "8.0")
        : new EvidenceEditor(StorageExpert.Expert, "healthy");
}
