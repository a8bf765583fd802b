using System.Globalization;
using System.Text.Json;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>How many agents at a time: a number, or a share such as <c>"25%"</c>.</summary>
public static class BatchSize
{
    /// <summary>The number of so many agents, at least one; 0: all at once. <c>invalid_argument</c>.</summary>
    public static Outcome<int> Of(JsonElement? size, int agents) => size switch
    {
        null or { ValueKind: JsonValueKind.Null } => 0,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var count) && count is >= 0 and <= IFanout.MaxAgents => count,
        { ValueKind: JsonValueKind.String } text when Share(text.GetString()!) is { } percent => Math.Max(1, (int)Math.Ceiling(agents * percent / 100m)),
        _ => TenantRules.Invalid($"batch_size is a number of agents from 0 (all at once) to {IFanout.MaxAgents}, or a share such as \"25%\"."),
    };

    private static decimal? Share(string text) =>
        text.EndsWith('%') && decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is > 0 and <= 100 ? percent : null;
}
