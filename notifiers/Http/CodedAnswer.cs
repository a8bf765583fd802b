using System.Text.Json;
using Outrider.Grains.Notifications;

namespace Outrider.Notifiers.Http;

/// <summary>Answers that say in their body whether they are a success: <c>{"errcode": 0, "errmsg": "ok"}</c>.</summary>
internal static class CodedAnswer
{
    /// <summary>Reads one.</summary>
    /// <param name="codes">Names of the number that is 0 on success; the first that is there counts.</param>
    /// <param name="messages">Names of the text beside it, in the same order.</param>
    public static DeliveryResult Judge(byte[] answer, ReadOnlySpan<string> codes, ReadOnlySpan<string> messages)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            for (var i = 0; document.RootElement.ValueKind is JsonValueKind.Object && i < codes.Length; i++)
            {
                if (!document.RootElement.TryGetProperty(codes[i], out var code) || !code.TryGetInt64(out var number))
                    continue;
                var said = document.RootElement.TryGetProperty(messages[i], out var text) && text.ValueKind is JsonValueKind.String
                    ? $": {Failures.Short(text.GetString())}"
                    : "";
                return new DeliveryResult(number == 0, $"{codes[i]} {number}{said}");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a code that is no number: as if it had said nothing.
        }
        return new DeliveryResult(false, $"The receiver's answer has no {codes[0]}.");
    }
}
