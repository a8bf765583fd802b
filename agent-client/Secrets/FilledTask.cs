using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Secrets;

/// <summary>A task whose secrets are filled in, and how to keep them out of what is told of it.</summary>
/// <param name="Task">For its executor only.</param>
/// <param name="Values">The secrets in it.</param>
public sealed record FilledTask(TaskCreate Task, IReadOnlyList<string> Values)
{
    /// <summary>A shorter one stands in too many texts by chance.</summary>
    private const int MinLength = 3;

    /// <summary>The text with <c>***</c> for each secret.</summary>
    public string Mask(string text)
    {
        foreach (var value in Values.Where(value => value.Length >= MinLength).OrderByDescending(value => value.Length))
        {
            text = text.Replace(value, CommandSecrets.Mask, StringComparison.Ordinal);
            var escaped = Uri.EscapeDataString(value);
            if (escaped != value)
                text = text.Replace(escaped, CommandSecrets.Mask, StringComparison.Ordinal);
        }
        return text;
    }

    /// <inheritdoc cref="Mask(string)"/>
    public Problem? Mask(Problem? problem) => problem is null || Values.Count == 0 ? problem : problem with
    {
        Message = Mask(problem.Message),
        Details = problem.Details?.ToDictionary(detail => detail.Key, detail => Mask(detail.Value)),
    };

    /// <inheritdoc cref="Mask(string)"/>
    public TaskComplete Mask(TaskComplete end) => Values.Count == 0 ? end : end with
    {
        Problem = Mask(end.Problem),
        Result = end.Result is { } result ? JsonStrings.Map(result, (_, text) => Mask(text)) : null,
    };

    /// <summary>Hides the secrets.</summary>
    public override string ToString() => $"{nameof(FilledTask)} {Task.TaskId}";
}
