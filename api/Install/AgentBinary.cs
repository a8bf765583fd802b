using System.Security.Cryptography;

namespace Outrider.Api.Install;

/// <summary>The agent's program as this centre has it. Thread-safe.</summary>
public sealed class AgentBinary(InstallOptions options)
{
    private readonly Lock _gate = new();
    private (long Length, DateTime WrittenAt, Task<string> Sum)? _known;

    public string Path => options.AgentBinary;

    public bool IsThere => File.Exists(Path);

    /// <summary>Its SHA-256 in hexadecimal; computed once for each content. Null: it isn't there.</summary>
    public async Task<string?> ReadSumAsync()
    {
        var file = new FileInfo(Path);
        if (!file.Exists)
            return null;
        Task<string> sum;
        lock (_gate)
        {
            if (_known is not { } known || (known.Length, known.WrittenAt) != (file.Length, file.LastWriteTimeUtc) || known.Sum.IsFaulted)
                _known = known = (file.Length, file.LastWriteTimeUtc, SumAsync(Path));
            sum = known.Sum;
        }
        return await sum;
    }

    private static async Task<string> SumAsync(string path)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
    }
}
