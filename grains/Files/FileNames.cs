using System.Globalization;
using System.Text;

namespace Outrider.Grains.Files;

/// <summary>Makes names of files harmless: for people to read and for an agent's disk to bear. A name is never used as a path by the centre.</summary>
public static class FileNames
{
    /// <summary>The name of a file that has none left once it is cleaned.</summary>
    public const string Nameless = "file";

    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>
    /// The last part of a path, without what could hide or redirect: control and format characters (bidi overrides among them), characters
    /// that a file system reserves, dots and spaces at either end, names of devices. At most <see cref="FileLimits.NameBytes"/> bytes; what
    /// is longer loses its middle, never its ending.
    /// </summary>
    public static string Clean(string? name)
    {
        var text = Repair(name ?? "");
        text = text[(text.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsKept(rune))
                kept.Append(rune.ToString());
        }
        var clean = kept.ToString().Trim(' ', '.');
        return clean.Length == 0 ? Nameless : Shorten(IsDevice(clean) ? "_" + clean : clean);
    }

    /// <summary>What is behind the last dot, in lower case and with the dot; empty: nothing.</summary>
    public static string Ending(string name) => Path.GetExtension(name).ToLowerInvariant();

    private static bool IsKept(Rune rune) =>
        rune.Value is not ('<' or '>' or ':' or '"' or '|' or '?' or '*' or 0xFFFD)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>A lone surrogate becomes U+FFFD, which isn't kept.</summary>
    private static string Repair(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name.Length > 4096 ? name[^4096..] : name));

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= FileLimits.NameBytes)
            return name;
        var ending = Path.GetExtension(name);
        if (Encoding.UTF8.GetByteCount(ending) > 32)
            ending = "";
        var room = FileLimits.NameBytes - Encoding.UTF8.GetByteCount(ending);
        var stem = new StringBuilder();
        foreach (var rune in name[..^ending.Length].EnumerateRunes())
        {
            if ((room -= rune.Utf8SequenceLength) < 0)
                break;
            stem.Append(rune.ToString());
        }
        return stem.ToString().TrimEnd(' ', '.') + ending;
    }

    /// <summary>Windows opens a device by such a name, whatever its ending.</summary>
    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return s_devices.Contains(stem) || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
            && stem[3] is (>= '0' and <= '9') or '\u00b9' or '\u00b2' or '\u00b3');
    }
}
