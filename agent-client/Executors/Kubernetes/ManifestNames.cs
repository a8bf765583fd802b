using System.Text.RegularExpressions;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>The names of which paths of the API are made. They are checked before, so that no name leads to another path.</summary>
internal static partial class ManifestNames
{
    public static bool IsNamespace(string text) => Label().IsMatch(text);

    public static bool IsKind(string text) => Kind().IsMatch(text);

    /// <summary>Such as <c>v1</c> or <c>apps/v1</c>.</summary>
    public static bool IsApiVersion(string text) => ApiVersion().IsMatch(text);

    /// <summary>Names of objects; roles and bindings may have colons and capitals.</summary>
    public static bool IsName(string text) => text is not ("." or "..") && Name().IsMatch(text);

    /// <summary>The part of a resource's path that says what it is, such as <c>deployments</c>.</summary>
    public static bool IsPlural(string text) => Label().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{0,62}\z")]
    private static partial Regex Kind();

    [GeneratedRegex(@"\A([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?v[0-9][a-z0-9]{0,61}\z")]
    private static partial Regex ApiVersion();

    [GeneratedRegex(@"\A[A-Za-z0-9]([-A-Za-z0-9.:_]{0,251}[A-Za-z0-9])?\z")]
    private static partial Regex Name();
}
