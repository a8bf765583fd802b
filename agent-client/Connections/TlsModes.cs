using Outrider.MySql.Transport;

namespace Outrider.Agent.Connections;

/// <summary>How far to insist on TLS, as settings write it.</summary>
internal static class TlsModes
{
    public const string Known = "disabled, preferred, required or verify_full";

    /// <summary>Null: no such mode.</summary>
    public static TlsMode? Parse(string? text) => text switch
    {
        null or "" or "preferred" => TlsMode.Preferred,
        "disabled" => TlsMode.Disabled,
        "required" => TlsMode.Required,
        "verify_full" => TlsMode.VerifyFull,
        _ => null,
    };
}
