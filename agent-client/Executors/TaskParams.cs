using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Reads what a task says of how to run it.</summary>
internal static class TaskParams
{
    /// <summary>The task's params; an empty object when it has none. <c>invalid_argument</c>: they are no such object, or have a member that nobody knows.</summary>
    public static Outcome<T> Read<T>(TaskCreate task, JsonTypeInfo<T> type) where T : class =>
        Read(task.Params is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } given ? given.GetRawText() : "{}", "params", type);

    /// <summary>Reads a JSON object. The problem's message names the place and never the value, which may be a secret.</summary>
    /// <param name="json">The text.</param>
    /// <param name="what">What the message calls it, such as <c>params</c>.</param>
    /// <param name="type">Its form.</param>
    public static Outcome<T> Read<T>(string json, string what, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) is { } value ? value : Fault(what, "it is null");
        }
        catch (JsonException e)
        {
            var unknown = e.Message.Contains("could not be mapped", StringComparison.Ordinal);
            return Fault(what, e.Path is null or "$"
                ? "it is no JSON object, or lacks a member that it must have"
                : unknown ? $"there is no member {e.Path}" : $"{e.Path} is not of the form it must have, or is there twice");
        }
    }

    private static Problem Fault(string what, string why) => new(ProblemCodes.InvalidArgument, $"The task's {what} can't be read: {why}.");
}
