using System.Text;

namespace Outrider.Agent.Collectors.Proc;

/// <summary>Gives the same string for the same bytes, so that names read again and again are made once.</summary>
internal sealed class NameTable
{
    private const int Capacity = 4096;
    private const int MaxBytes = 256;

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _names =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name, cut to 256 bytes. What isn't UTF-8 becomes U+FFFD.</summary>
    public string Get(ReadOnlySpan<byte> name)
    {
        name = name[..Math.Min(name.Length, MaxBytes)];
        Span<char> chars = stackalloc char[MaxBytes];
        chars = chars[..Encoding.UTF8.GetChars(name, chars)];
        if (_names.TryGetValue(chars, out var known))
            return known;
        if (_names.Dictionary.Count >= Capacity)
            _names.Dictionary.Clear();
        var made = chars.ToString();
        _names.Dictionary.Add(made, made);
        return made;
    }
}
