namespace Outrider.Tests.Pure.Fuzzing;

/// <summary>Makes random bytes, and bytes that are nearly right; the same ones in every run.</summary>
internal sealed class Mutator(int seed)
{
    private const int MaxRandomBytes = 200;

    /// <summary>Bytes that mean something to the formats of this project.</summary>
    private static readonly byte[] s_special = [0x00, 0x01, 0x02, 0x03, 0x04, 0x0a, 0x7f, 0x80, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = new byte[_random.Next(MaxRandomBytes)];
        _random.NextBytes(bytes);
        // Otherwise nearly all would fall at their first byte.
        if (bytes.Length > 0)
            bytes[0] = s_special[_random.Next(s_special.Length)];
        return bytes;
    }

    /// <summary>One to four changes: a byte replaced, inserted or removed, a piece repeated, the end cut off.</summary>
    public byte[] Mutate(byte[] valid)
    {
        var bytes = valid.ToList();
        for (var changes = _random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
            Change(bytes, _random.Next(bytes.Count));
        return [.. bytes];
    }

    private void Change(List<byte> bytes, int at)
    {
        switch (_random.Next(8))
        {
            case 0:
                bytes.Insert(at, Byte());
                break;
            case 1:
                bytes.RemoveAt(at);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, _random.Next(1, 30))));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes[at] = Byte();
                break;
        }
    }

    private byte Byte() => _random.Next(2) == 0 ? s_special[_random.Next(s_special.Length)] : (byte)_random.Next(256);
}
