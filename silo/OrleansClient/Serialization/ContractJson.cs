using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Silo.OrleansClient.Serialization;

/// <summary>How contract values cross between silos: JSON, so that silos of two versions understand each other during an upgrade.</summary>
internal static class ContractJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        // NaN and the infinities, which JSON has no numbers for.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
