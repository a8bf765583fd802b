using System.Text;
using Outrider.MySql.Authentication;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Server;

/// <summary>Checks a client's login by the server's one plugin; a client that began with another is told to switch.</summary>
internal sealed class ServerAuthentication(ServerConnection connection, ServerOptions options, ServerSecrets secrets)
{
    /// <summary>Whether the client knows the user's password.</summary>
    public async Task<bool> RunAsync(HandshakeResponsePayload response, byte[] nonce, CancellationToken cancellationToken)
    {
        var answer = response.AuthenticationResponse;
        if (response.AuthenticationPlugin is { } plugin && plugin != options.AuthenticationPlugin)
        {
            await connection.SendAsync(new AuthenticationSwitchPayload(options.AuthenticationPlugin, nonce).Write, cancellationToken);
            answer = (await connection.ReadAsync(cancellationToken)).ToArray();
        }
        var password = options.FindPassword(response.User);
        return options.AuthenticationPlugin switch
        {
            AuthenticationPlugins.NativePassword => password is not null && NativePassword.Verify(password, nonce, answer),
            AuthenticationPlugins.CachingSha2Password => await CheckSha2Async(response.User, password, nonce, answer, cancellationToken),
            AuthenticationPlugins.ClearPassword => connection.Transport.IsTls && IsSame(password, CachingSha2Password.Unterminated(answer)),
            var unknown => throw new InvalidOperationException($"There is no authentication plugin '{unknown}'."),
        };
    }

    private async Task<bool> CheckSha2Async(string user, string? password, byte[] nonce, byte[] answer, CancellationToken cancellationToken)
    {
        if (answer.Length == 0)
            return password is "";
        if (secrets.FindFingerprint(user) is { } fingerprint && CachingSha2Password.Verify(fingerprint, nonce, answer))
        {
            await SendMoreAsync([CachingSha2Password.FastPathSucceeded], cancellationToken);
            return true;
        }

        // As MySQL does: an answer that doesn't match the cache may be a new password, so the full path decides.
        await SendMoreAsync([CachingSha2Password.FullPathNeeded], cancellationToken);
        var given = await ReadPasswordAsync(nonce, cancellationToken);
        if (!IsSame(password, given))
            return false;
        secrets.Remember(user, given!);
        return true;
    }

    private async Task<string?> ReadPasswordAsync(byte[] nonce, CancellationToken cancellationToken)
    {
        var payload = await connection.ReadAsync(cancellationToken);
        if (connection.Transport.IsTls)
            return CachingSha2Password.Unterminated(payload.Span);
        if (payload.Span is [CachingSha2Password.PublicKeyRequest])
        {
            await SendMoreAsync(Encoding.ASCII.GetBytes(secrets.Key.ExportSubjectPublicKeyInfoPem()), cancellationToken);
            payload = await connection.ReadAsync(cancellationToken);
        }
        return CachingSha2Password.Decrypt(payload.ToArray(), nonce, secrets.Key);
    }

    private ValueTask SendMoreAsync(byte[] data, CancellationToken cancellationToken) =>
        connection.SendAsync(writer => writer.WriteByte(PacketHeaders.AuthMoreData).WriteBytes(data), cancellationToken);

    private static bool IsSame(string? expected, string? actual) =>
        expected is not null && actual is not null && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            CachingSha2Password.Fingerprint(expected), CachingSha2Password.Fingerprint(actual));
}
