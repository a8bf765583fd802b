using System.Text.Json.Serialization;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.SqlGuard;

namespace Outrider.Api.Operations;

/// <summary>What the centre's own copy of the SQL guard says of a statement. The agent's verdict is the one that counts.</summary>
/// <param name="Allowed">Whether it may run as it stands.</param>
/// <param name="Code">Why not, for programs.</param>
/// <param name="Rule">The rule of the guard that refuses it.</param>
/// <param name="Message">Why not, in words.</param>
/// <param name="Statement">The form of an allowed statement, such as <c>select</c> or <c>show backends</c>.</param>
/// <param name="Position">0-based index, in UTF-16 units, of what offends; the length of the text when its end does.</param>
public sealed record SqlCheck(
    bool Allowed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rule = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Statement = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Position = null)
{
    internal static SqlCheck Of(SqlVerdict verdict) => verdict.Allowed
        ? new(true, Statement: verdict.Form)
        : new(false, ProblemCodes.SqlRefused, verdict.Rule, verdict.Message, Position: verdict.At);
}
