namespace Outrider.Grains.Runtime;

/// <summary>The keys of grains: parts joined by '/', none of which may hold one. The tenant always comes first.</summary>
public static class GrainKeys
{
    public static string Join(params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (part.Length == 0 || part.Contains('/', StringComparison.Ordinal))
                throw new ArgumentException($"'{part}' can't be a part of a grain key.", nameof(parts));
        }
        return string.Join('/', parts!);
    }

    public static string[] Split(string key) => key.Split('/');
}
