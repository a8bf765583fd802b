using System.Net.Sockets;
using System.Security.Authentication;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers;

/// <summary>What is told of a receiver that could not be reached: never what a server that may be anybody's has answered.</summary>
internal static class Failures
{
    private const int MaxText = 200;

    public static Grains.Notifications.DeliveryResult Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressRefusedException refused:
                    return new(false, refused.Message, Permanent: true);
                case SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) } socket:
                    return new(false, $"The receiver can't be reached: {Reason(socket)}.");
                case AuthenticationException:
                    return new(false, "The receiver's TLS certificate is not trusted, or it speaks no TLS.");
            }
        }
        return failure switch
        {
            HttpRequestException or IOException or SocketException => new(false, "The connection to the receiver broke before it had answered."),
            FormatException or UriFormatException or ArgumentException => new(false, "The channel can't be used as it is: a filled-in URL or header is wrong."),
            _ => new(false, $"It could not be sent: {failure.GetType().Name}."),
        };
    }

    /// <summary>A short text of a receiver in one line.</summary>
    public static string Short(string? text)
    {
        var line = string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= MaxText ? line : line[..MaxText] + "…";
    }

    private static string Reason(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => "its name is not known",
        SocketError.TryAgain => "its name can't be looked up now",
        SocketError.ConnectionRefused => "it refuses connections",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to its network",
        var code => code.ToString(),
    };
}
