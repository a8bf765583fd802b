using System.Net;

namespace Outrider.Api.Auth;

/// <summary>Where the call that is served now came from and when it began, for the audit. Follows the call wherever it goes.</summary>
/// <param name="Address">The caller's address; null: it isn't known.</param>
/// <param name="Started">Timestamp of its beginning.</param>
public sealed record CallOrigin(IPAddress? Address, long Started)
{
    private static readonly AsyncLocal<CallOrigin?> s_current = new();

    /// <summary>Null: nobody's call is served, the centre acts by itself.</summary>
    public static CallOrigin? Current => s_current.Value;

    /// <summary>A call begins.</summary>
    public static void Begin(IPAddress? address, TimeProvider time) => s_current.Value = new CallOrigin(address, time.GetTimestamp());

    /// <summary>A call begins within another one, such as a tool's within a session's stream.</summary>
    /// <param name="started">Its timestamp.</param>
    public static void BeginWithin(long started) => s_current.Value = new CallOrigin(Current?.Address, started);
}
