using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>Makes the ids of alerts.</summary>
public static class AlertIds
{
    /// <summary>
    /// 32 hexadecimal digits of what the alert is about and when its condition became true: found again after a crash, the same alert has
    /// the same id. Each part is hashed with its length before it, so that no two alerts share their parts' bytes.
    /// </summary>
    /// <param name="since">Milliseconds since 1970.</param>
    public static string Of(string tenant, string agent, InstanceKey key, long since)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(tenant);
        Add(agent);
        Add(key.Rule);
        Add(key.Subject.Metric);
        foreach (var (name, value) in key.Subject.Labels)
        {
            Add(name);
            Add(value);
        }
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, since);
        hash.AppendData(number);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

        void Add(string part)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
