using System.Text.Json.Serialization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>Whether an agent's policy would let a task run.</summary>
/// <param name="Allowed">Whether it would.</param>
/// <param name="Code">Why not, for programs.</param>
/// <param name="Rule">The rule of the agent's policy that decides.</param>
/// <param name="Message">Why not, in words.</param>
public sealed record TaskCheck(
    bool Allowed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rule = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null)
{
    internal static TaskCheck Refused(Problem problem) => new(false, problem.Code, problem.Details?.GetValueOrDefault("rule"), problem.Message);
}
