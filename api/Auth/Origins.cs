using System.Net;
using Microsoft.AspNetCore.Http;

namespace Outrider.Api.Auth;

/// <summary>Which web pages may call: a browser lets any page try, and sends along where it is from.</summary>
public static class Origins
{
    /// <summary>
    /// Whether the origin of this request may call. A page of another site, or one that reached us by a name rebound to our address, may
    /// not; pages of this same machine may where the centre is called by a loopback name; programs, which send no origin, always may.
    /// </summary>
    public static bool Allow(HttpRequest request, IReadOnlyCollection<string> allowed)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopback(uri.Host) && IsLoopback(request.Host.Host));
    }

    /// <summary>Whether a page of this centre itself calls, by the address it is called at. False where no origin is sent.</summary>
    public static bool IsOwn(HttpRequest request) =>
        string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
