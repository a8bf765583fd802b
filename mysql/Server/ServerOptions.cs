using System.Security.Cryptography.X509Certificates;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Server;

/// <summary>How a server greets, logs in and limits its clients.</summary>
public sealed record ServerOptions
{
    /// <summary>The password of a user; null when there is no such user.</summary>
    public required Func<string, string?> FindPassword { get; init; }

    /// <summary>Version in the greeting; StarRocks says 8.0.33 whatever its own version.</summary>
    public string ServerVersion { get; init; } = "8.0.33";

    /// <summary>One of <see cref="AuthenticationPlugins"/>, for all users.</summary>
    public string AuthenticationPlugin { get; init; } = AuthenticationPlugins.NativePassword;

    /// <summary>Certificate with private key; TLS is offered when there is one.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether to end results by OK packets where the client can take it.</summary>
    public bool OffersDeprecateEof { get; init; } = true;

    /// <summary>Longest statement, in bytes.</summary>
    public int MaxPacketBytes { get; init; } = 16 << 20;

    /// <summary>Sessions at the same time; more are turned away with error 1040.</summary>
    public int MaxSessions { get; init; } = 256;

    /// <summary>Time for a login.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
