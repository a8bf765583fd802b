using Outrider.Agent.Csv;
using Outrider.Agent.Logging;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Boundary.Agent;

public sealed class CsvCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-csv-").FullName;
    private readonly StringWriter _log = new();

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Append_ManyRecords_KeepsThreeFilesOfWhichAllAreReadable()
    {
        var copy = Copy(_folder, maxBytes: 1024 * 1024, kept: 3);
        for (var snapshot = 0; snapshot < 500; snapshot++)
            copy.Append(Table(snapshot, rows: 100));
        var files = Directory.GetFiles(_folder).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(3, files.Count);
        Assert.Equal(2, files.Count(file => file!.EndsWith(".csv.gz")));
        var times = new List<long>();
        var fields = new List<string>();
        foreach (var text in copy.ReadAll())
        {
            Assert.StartsWith(ProcessCsv.Header, text);
            for (var at = 0; ProcessCsv.TryRead(text, ref at, fields);)
            {
                Assert.Equal(ProcessCsv.Fields, fields.Count);
                if (fields[0] != "timestamp")
                    times.Add(long.Parse(fields[0]));
            }
        }
        // The retained range without a hole, to the newest.
        Assert.Equal(times.Order(), times);
        Assert.Equal(499, times[^1]);
        Assert.Equal(100 * (500 - times[0]), times.Count);
    }

    [Fact]
    public void Append_AfterARestart_GoesOn()
    {
        Copy(_folder).Append(Table(1, rows: 1));
        Copy(_folder).Append(Table(2, rows: 1));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_folder, CsvCopy.FileName)).Length);
    }

    [Fact]
    public void Append_FolderCanNotBeMade_IsToldOnceAndNothingElse()
    {
        File.WriteAllText(Path.Combine(_folder, "taken"), "");
        var copy = Copy(Path.Combine(_folder, "taken"));
        copy.Append(Table(1, rows: 1));
        copy.Append(Table(2, rows: 1));
        Assert.Single(_log.ToString().Split('\n'), line => line.Contains("CSV copy"));
    }

    private CsvCopy Copy(string folder, long maxBytes = 1 << 20, int kept = 3) => new(folder, new AgentLog(_log, TimeProvider.System), maxBytes, kept);

    private static ProcessTable Table(long second, int rows) =>
        new(second * 1000, rows, 1, 1, [.. Enumerable.Range(1, rows).Select(pid => new ProcessRow(pid, "java") { Command = "java -cp a,b " + new string('x', 50) })]);
}
