using System.Globalization;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Api.Mcp.Text;

/// <summary>An expert's report in words: score, findings with evidence and advice, and what is missing.</summary>
internal static class ReportText
{
    /// <summary>Evidence rows and pieces of advice shown per finding; structured content has all.</summary>
    private const int Shown = 5;

    public static string Render(DiagnosisReport report)
    {
        var score = report.Score is { } points ? string.Create(CultureInfo.InvariantCulture, $"{points}/100") : "no score";
        var text = new Markdown()
            .Line($"# {report.Expert} of {report.Agent}: {report.Status}, {score} ({report.Level})")
            .Line(report.Summary);
        AddMissing(text, report);
        foreach (var (number, finding) in report.Findings.Index())
            Add(text, number + 1, finding);
        if (report.Findings.Count == 0)
            text.Line().Line("No findings.");
        foreach (var table in report.Details ?? [])
            Add(text, table);
        if (report.Deductions.Count > 0)
            text.Line().Line($"Score: 100 {string.Join(" ", report.Deductions.Select(one => $"- {one.Points} ({one.Code}: {one.Reason})"))}");
        if (report.Facts.Count > 0)
            text.Line().Line($"Facts: {string.Join(", ", report.Facts.Select(fact => $"{fact.Key} = {Markdown.Cell(fact.Value)}"))}");
        var source = report.Cached ? "from the cache" : string.Create(CultureInfo.InvariantCulture, $"in {report.ElapsedMs:0} ms");
        text.Line().Line(
            $"Report {report.Id} of {report.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, {source}; "
            + $"look again in {report.NextCheckMinutes} min.");
        return text.ToString();
    }

    public static string Experts(IReadOnlyList<ExpertView> experts)
    {
        var text = new Markdown();
        foreach (var expert in experts)
        {
            text.Line($"- {expert.Tool} ({expert.Title}): {expert.Description}");
            foreach (var argument in expert.Arguments)
                text.Line($"  - {argument.Name} ({argument.Type}): {argument.Description}");
        }
        return text.ToString();
    }

    private static void AddMissing(Markdown text, DiagnosisReport report)
    {
        var missing = report.Evidence.Where(item => item.Status is EvidenceStatuses.Failed or EvidenceStatuses.Incomplete).ToList();
        if (missing.Count > 0)
            text.Line().Line("Missing evidence, so there may be more than this report knows:");
        foreach (var item in missing)
            text.Line($"- {item.Id} {item.Status}{(Reason(item) is { } reason ? $": {Markdown.Cell(reason)}" : "")}");
        foreach (var note in report.Notes)
            text.Line($"- note: {Markdown.Cell(note)}");
    }

    private static string? Reason(EvidenceItem item) => item.Problem is { } problem ? $"{problem.Code}, {problem.Message}" : item.Note;

    private static void Add(Markdown text, ReportTable table)
    {
        text.Line().Line($"## {table.Title}").Line(Markdown.Row(table.Columns));
        text.Line($"|{string.Concat(Enumerable.Repeat("---|", table.Columns.Count))}");
        var shown = table.Rows.TakeWhile(row => text.TryLine(Markdown.Row(row.Select(cell => cell ?? "")), reserve: 1000)).Count();
        if (shown < table.Rows.Count)
            text.Line($"… {table.Rows.Count - shown} more rows are in structuredContent.");
        if (table.Omitted > 0)
            text.Line($"… {table.Omitted} more rows are left out.");
    }

    private static void Add(Markdown text, int number, Finding finding)
    {
        var about = finding.Subject is { } subject ? $": {Markdown.Cell(subject)}" : "";
        text.Line().Line($"## {number}. {finding.Severity} {finding.Code}{about}");
        text.Line(Markdown.Inline(finding.Message));
        foreach (var row in finding.Evidence.Take(Shown))
        {
            text.Line($"- evidence: {row.Statement}, {Markdown.Cell(row.Row)}: {row.Column} = {Markdown.Cell(row.Value)}"
                + (row.Threshold is { } threshold ? $" (threshold {Markdown.Cell(threshold)})" : ""));
        }
        if (finding.Evidence.Count > Shown)
            text.Line($"- {finding.Evidence.Count - Shown} more evidence rows are in structuredContent.");
        foreach (var advice in finding.Advice.Take(Shown))
            text.Line($"- advice: {Markdown.Inline(advice)}");
    }
}
