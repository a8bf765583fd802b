using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Reads a task's <c>params</c> into the record of its executor.</summary>
internal static class TaskParams
{
    /// <summary>The parameters; the record's defaults when there are none. <c>invalid_argument</c>: which member is unknown or of another type.</summary>
    public static Outcome<T> Read<T>(TaskCreate task, JsonTypeInfo<T> type)
        where T : class, new()
    {
        if (task.Params is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json)
            return new T();
        if (json.ValueKind != JsonValueKind.Object)
            return new Problem(ProblemCodes.InvalidArgument, "params must be an object.");
        if (UnknownMembers.First(json, type) is { } unknown)
            return new Problem(ProblemCodes.InvalidArgument, $"In params {unknown}.");
        try
        {
            return json.Deserialize(type) ?? new T();
        }
        catch (JsonException e)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"In params '{e.Path?.TrimStart('$', '.')}' has a value of another type than it may have.");
        }
    }
}
