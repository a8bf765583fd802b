using System.Buffers;
using Microsoft.AspNetCore.Http;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Install;

/// <summary>The script that installs the agent from this centre.</summary>
public static class InstallScript
{
    public const string Path = "/install.sh";

    private const string UrlMark = "__URL__";
    private const string UnitMark = "__UNIT__\n";

    /// <summary>What a host with its port is made of; nothing of it means anything to a shell that reads it in quotes.</summary>
    private static readonly SearchValues<char> s_host =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    private static readonly string s_text = Read("install.sh").Replace(UnitMark, Read("outrider-agent.service"), StringComparison.Ordinal);

    /// <summary>
    /// The address that a request was made to, as its caller and trusted proxies say. <c>invalid_argument</c>: it can't be one. Whoever sends
    /// the request says it, so it is checked before it becomes part of a script.
    /// </summary>
    public static Outcome<string> UrlOf(HttpRequest request)
    {
        var host = request.Host.Value ?? "";
        return host.Length is > 0 and <= 255 && !host.AsSpan().ContainsAnyExcept(s_host) && request.Scheme is "http" or "https"
            ? $"{request.Scheme}://{host}"
            : new Problem(ProblemCodes.InvalidArgument, "The Host of the request is no host's name or address, so the script can't say where to fetch the agent.");
    }

    /// <summary>The script with an address of <see cref="UrlOf"/> in it.</summary>
    public static string Of(string url) => s_text.Replace(UrlMark, $"'{url}'", StringComparison.Ordinal);

    /// <summary>What an administrator types on a new machine; TOKEN and NAME are to be filled in.</summary>
    public static string CommandOf(string url) =>
        $"curl -fsSL '{url}{Path}' | sudo OUTRIDER_ENROLMENT_TOKEN=TOKEN sh -s -- --name NAME";

    private static string Read(string name)
    {
        using var stream = typeof(InstallScript).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
