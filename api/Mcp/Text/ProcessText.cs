using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Mcp.Text;

/// <summary>Processes in words.</summary>
internal static class ProcessText
{
    private const int Reserve = 200;
    private const string Percent = "percent";

    /// <summary>Characters of a command line that are shown.</summary>
    private const int MaxCommand = 80;

    public static string Render(ProcessAnswer answer)
    {
        if (answer.Time is not { } time)
            return $"There is no snapshot of {answer.Agent}'s processes at that time. get_agent says whether the agent is online.";
        var text = new Markdown().Line(
            $"Processes of {answer.Agent} at {Quantity.Time(time)}, {Quantity.Number(answer.AgeSeconds ?? 0)} seconds before the time asked for: "
            + $"{answer.Total} in all, those that used most are known. {Machine(answer)}").Line();
        var rows = answer.Groups is { } groups ? groups.ConvertAll(Row) : answer.Processes!.ConvertAll(Row);
        var head = answer.Groups is null
            ? Markdown.Row(["pid", "name", "CPU of one core", "CPU of the machine", "memory", "memory of the machine", "command"])
            : Markdown.Row(["name", "processes", "CPU of one core", "CPU of the machine", "memory", "memory of the machine", "pids"]);
        text.Line(head).Line("|---|---|---|---|---|---|---|");
        var shown = rows.TakeWhile((row, i) => i < MetricText.MaxRows && text.TryLine(row, Reserve)).Count();
        if (shown < rows.Count)
            text.Line().Line($"… {rows.Count - shown} more rows are in structuredContent.");
        return text.ToString();
    }

    private static string Machine(ProcessAnswer answer) =>
        (answer.Cpus is { } cpus ? $"The machine has {cpus} logical processors" : "")
        + (answer.MemoryBytes is { } bytes ? $" and {Quantity.Of(bytes, "bytes")} of memory." : "");

    private static string Row(ProcessView process) => Markdown.Row(
        [$"{process.Pid}", process.Name, .. Cells(ProcessTotals.Of(process)), Short(process.Command)]);

    private static string Row(ProcessGroup group) => Markdown.Row(
        [group.Name, $"{group.Total.Count}", .. Cells(group.Total), Short(string.Join(", ", group.Pids))]);

    private static string[] Cells(ProcessTotals total) =>
    [
        Quantity.Of(total.CpuPercent, Percent), Quantity.Of(total.CpuPercentNormalized, Percent),
        Quantity.Of(total.MemoryBytes, "bytes"), Quantity.Of(total.MemoryPercent, Percent),
    ];

    private static string Short(string? text) => text is null ? "" : text.Length <= MaxCommand ? text : text[..MaxCommand] + "…";
}
