using System.Text.Json;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>
/// Reads <c>tenants.json</c> of the older set-ups: <c>{tenants: {id: {name, agent_url, agent_token, description, enabled, created_at}},
/// metadata}</c>. The whole file is good or none of it is. Unknown members are passed over, as the older program did.
/// </summary>
public static class TenantsFileFormat
{
    public const int MaxBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The tenants in the file's order; <c>payload_too_large</c>, or <c>invalid_argument</c> with what is wrong and where.</summary>
    public static Outcome<List<TenantsFileEntry>> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return new Problem(ProblemCodes.PayloadTooLarge, $"it has more than {MaxBytes} bytes");
        try
        {
            using var document = JsonDocument.Parse(bytes, s_json);
            return ReadTenants(document.RootElement);
        }
        catch (JsonException e)
        {
            return Wrong($"it is no well-formed JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    private static Outcome<List<TenantsFileEntry>> ReadTenants(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("tenants", out var tenants) || tenants.ValueKind != JsonValueKind.Object)
            return Wrong("it must be an object with an object 'tenants' in it");
        var entries = new List<TenantsFileEntry>();
        foreach (var member in tenants.EnumerateObject())
        {
            var entry = ReadTenant(member.Name, member.Value);
            if (!entry.Ok)
                return entry.Problem;
            entries.Add(entry.Value);
        }
        return entries;
    }

    private static Outcome<TenantsFileEntry> ReadTenant(string id, JsonElement tenant)
    {
        if (TenantRules.CheckId(id) is { } badId)
            return Wrong(badId.Message.TrimEnd('.'));
        if (tenant.ValueKind != JsonValueKind.Object)
            return Wrong($"tenant '{id}' must be an object");
        foreach (var name in (ReadOnlySpan<string>)["name", "agent_url", "agent_token", "description", "created_at"])
        {
            if (tenant.TryGetProperty(name, out var text) && text.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return Wrong($"'{name}' of tenant '{id}' must be a string");
        }
        if (tenant.TryGetProperty("enabled", out var enabled) && enabled.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return Wrong($"'enabled' of tenant '{id}' must be true or false");
        var profile = new TenantProfile
        {
            Name = Text(tenant, "name") is { Length: > 0 } given ? given : id,
            Description = Text(tenant, "description") ?? "",
            Enabled = enabled.ValueKind != JsonValueKind.False,
            AgentUrl = Text(tenant, "agent_url"),
        };
        return TenantRules.Check(id, profile) is { } problem
            ? Wrong($"tenant '{id}': {problem.Message.TrimEnd('.')}")
            : new TenantsFileEntry(id, profile);
    }

    private static string? Text(JsonElement tenant, string name) =>
        tenant.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static Problem Wrong(string what) => new(ProblemCodes.InvalidArgument, what);
}
