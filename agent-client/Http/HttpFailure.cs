using System.Net.Sockets;
using System.Security.Authentication;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Http;

/// <summary>What went wrong when a server could not be asked, for the task that asked it.</summary>
internal static class HttpFailure
{
    /// <summary>Whether it is one of the exceptions by which the platform tells that.</summary>
    public static bool Is(Exception e) =>
        // A connection that isn't there in time looks like a task that was canceled.
        e is HttpRequestException or IOException or OperationCanceledException { InnerException: TimeoutException };

    /// <param name="e">The exception.</param>
    /// <param name="server">The server's name, such as <c>api.example.com:443</c>.</param>
    /// <param name="code">Of the problem, unless the policy refused it.</param>
    public static Problem Of(Exception e, string server, string code)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case HostRefusedException refused:
                    return refused.Problem;
                case SocketException socket:
                    return new Problem(code, $"{server} can't be reached: {socket.Message}.");
                case TimeoutException timeout:
                    return new Problem(code, $"{server} can't be reached: {timeout.Message.TrimEnd('.')}.");
                case AuthenticationException tls:
                    return new Problem(code, $"{server} can't be trusted: {tls.Message.TrimEnd('.')}.");
            }
        }
        return new Problem(code, $"{server} did not answer as it should: {e.GetBaseException().Message.TrimEnd('.')}.");
    }
}
