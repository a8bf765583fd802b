using System.Collections.Concurrent;
using System.Security.Cryptography;
using Outrider.MySql.Authentication;

namespace Outrider.MySql.Server;

/// <summary>What the sessions of one server share for caching_sha2_password: the cache and the RSA key.</summary>
public sealed class ServerSecrets : IDisposable
{
    private const int RsaBits = 2048;

    private readonly ConcurrentDictionary<string, byte[]> _fingerprints = new();
    private readonly Lazy<RSA> _key = new(() => RSA.Create(RsaBits));

    internal RSA Key => _key.Value;

    /// <summary>Empties the cache, as FLUSH PRIVILEGES does: the next login of everybody takes the full path.</summary>
    public void Forget() => _fingerprints.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_key.IsValueCreated)
            _key.Value.Dispose();
    }

    internal byte[]? FindFingerprint(string user) => _fingerprints.GetValueOrDefault(user);

    internal void Remember(string user, string password) => _fingerprints[user] = CachingSha2Password.Fingerprint(password);
}
