using System.Globalization;
using System.IO.Compression;
using System.Text;
using Outrider.Agent.Logging;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Csv;

/// <summary>
/// A copy of the processes in CSV files on the machine itself, for whoever wants them there: <c>processes.csv</c>, set aside and compressed
/// as <c>processes-N.csv.gz</c> when it is full; the oldest are deleted. A copy only: when it can't be written, that is told and measuring
/// goes on. Not thread-safe.
/// </summary>
internal sealed class CsvCopy(string folder, AgentLog log, long maxBytes = CsvCopy.DefaultMaxBytes, int keptFiles = CsvCopy.DefaultKeptFiles)
{
    public const string FileName = "processes.csv";

    private const long DefaultMaxBytes = 20 * 1024 * 1024;
    private const int DefaultKeptFiles = 5;

    private readonly StringBuilder _lines = new();
    private bool _failing;

    private string Current => Path.Combine(folder, FileName);

    /// <summary>Appends a snapshot.</summary>
    public void Append(ProcessTable table)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileInfo(Current);
            if (file.Exists && file.Length >= maxBytes)
                SetAside();
            _lines.Clear();
            if (!File.Exists(Current))
                _lines.Append(ProcessCsv.Header).Append('\n');
            foreach (var row in table.Rows)
                ProcessCsv.Write(_lines, table, row);
            using var stream = new FileStream(Current, Options());
            stream.Write(Encoding.UTF8.GetBytes(_lines.ToString()));
            _failing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failing)
                log.Warn($"The CSV copy can't be written: {e.Message}");
            _failing = true;
        }
    }

    /// <summary>The texts of all files there are, oldest first.</summary>
    public IEnumerable<string> ReadAll()
    {
        foreach (var path in SetAsideFiles())
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            yield return text.ReadToEnd();
        }
        if (File.Exists(Current))
            yield return File.ReadAllText(Current);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private void SetAside()
    {
        var files = SetAsideFiles();
        var next = files.Count > 0 ? Number(files[^1]) + 1 : 1;
        var draft = Path.Combine(folder, "processes.csv.draft");
        using (var from = File.OpenRead(Current))
        using (var to = new GZipStream(File.Create(draft), CompressionLevel.Fastest))
            from.CopyTo(to);
        File.Move(draft, Path.Combine(folder, $"processes-{next.ToString(CultureInfo.InvariantCulture)}.csv.gz"));
        File.Delete(Current);
        // The one that is written next counts too.
        foreach (var old in SetAsideFiles().SkipLast(keptFiles - 1))
            File.Delete(old);
    }

    private List<string> SetAsideFiles() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "processes-*.csv.gz").OrderBy(Number)] : [];

    private static long Number(string path) =>
        long.TryParse(Path.GetFileName(path).Split('-', '.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
