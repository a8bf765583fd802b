using System.Globalization;
using System.Text;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Rows;

namespace Outrider.Agent.Csv;

/// <summary>
/// Processes as lines of CSV (RFC 4180): the eighteen fields of older process logs, format 7, in their order and units, but quoted, so that
/// a comma, a quote or a line break in a command changes nothing. Unknown is empty.
/// </summary>
internal static class ProcessCsv
{
    public const string Header =
        "timestamp,name,cpu_percent,cpu_percent_normalized,memory_mb,memory_percent,threads,disk_read_mb,disk_write_mb,net_sent_kb,net_recv_kb,is_active,command,working_dir,category,pid,create_time,cpu_time";

    public const int Fields = 18;

    private const double Mega = 1024 * 1024;
    private const double Kilo = 1024;

    /// <summary>Appends the line of a process, with its end.</summary>
    public static void Write(StringBuilder to, ProcessTable table, ProcessRow row)
    {
        to.Append(CultureInfo.InvariantCulture, $"{table.Time / 1000},{CsvField.Of(row.Name)},")
            .Append(CultureInfo.InvariantCulture, $"{row.CpuPercent:0.00},{table.CpuPercentNormalized(row):0.000},")
            .Append(CultureInfo.InvariantCulture, $"{row.MemoryBytes / Mega:0.00},{table.MemoryPercent(row):0.00},{row.Threads},")
            .Append(CultureInfo.InvariantCulture, $"{row.DiskReadBytes / Mega:0.00},{row.DiskWriteBytes / Mega:0.00},{row.NetworkSentBytes / Kilo:0.00},{row.NetworkReceivedBytes / Kilo:0.00},")
            .Append(row.IsActive ? "true," : "false,")
            .Append(CsvField.Of(row.Command)).Append(',').Append(CsvField.Of(row.WorkingDirectory)).Append(',')
            .Append(CsvField.Of(row.Category)).Append(',')
            .Append(CultureInfo.InvariantCulture, $"{row.Pid},{row.StartedAt},{row.CpuSeconds:0.00}\n");
    }

    /// <summary>Reads the record at <paramref name="at"/> and moves behind it. False: the text is over.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="at">Where the record begins.</param>
    /// <param name="fields">Takes its fields; not <see cref="Fields"/> of them when the line is none of this format.</param>
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, List<string> fields)
    {
        fields.Clear();
        if (at >= text.Length)
            return false;
        while (true)
        {
            fields.Add(ReadField(text, ref at));
            if (at >= text.Length)
                return true;
            var end = text[at++];
            if (end == '\r' && at < text.Length && text[at] == '\n')
                at++;
            if (end != ',')
                return true;
        }
    }

    private static string ReadField(ReadOnlySpan<char> text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var length = text[at..].IndexOfAny(",\r\n");
            var plain = length < 0 ? text[at..] : text.Slice(at, length);
            at += plain.Length;
            return plain.ToString();
        }
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
                field.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"')
                field.Append(text[++at]);
            else
                break;
        }
        // Behind the closing quote; whatever stands between it and the next comma is no CSV, and left out.
        var rest = at < text.Length ? text[at..].IndexOfAny(",\r\n") : -1;
        at = rest < 0 ? text.Length : at + rest;
        return field.ToString();
    }
}
