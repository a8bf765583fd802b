using System.Globalization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.SqlGuard;

/// <summary>What the guard says about one SQL text.</summary>
/// <param name="Allowed">Whether an agent may run the text as it stands.</param>
/// <param name="Form">The recognised form of an allowed statement, such as <c>select</c> or <c>show backends</c>.</param>
/// <param name="Rule">The rule that refused the text: a constant of <see cref="GuardRules"/>.</param>
/// <param name="At">0-based UTF-16 index of the offending token; the length of the text when its end is what offends.</param>
/// <param name="Message">For a person: what was found and what to change.</param>
public sealed record SqlVerdict(bool Allowed, string? Form, string? Rule, int? At, string? Message)
{
    /// <summary>A refusal as callers get it, from the centre's quick check and from the agent alike.</summary>
    public Problem ToProblem() => new(ProblemCodes.SqlRefused, Message ?? "The statement is refused.")
    {
        Details = new()
        {
            ["rule"] = Rule ?? "",
            ["at"] = (At ?? 0).ToString(CultureInfo.InvariantCulture),
        },
    };

    internal static SqlVerdict Allow(string form) => new(true, form, null, null, null);

    internal static SqlVerdict Refuse(string rule, int at, string message) => new(false, null, rule, at, message);
}
