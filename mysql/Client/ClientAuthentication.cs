using Outrider.MySql.Authentication;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Client;

/// <summary>The client's side of one authentication plugin: what to answer, without knowing how bytes travel.</summary>
/// <param name="options">Password and what it may be used for.</param>
/// <param name="plugin">Name of the plugin.</param>
/// <param name="nonce">The server's challenge.</param>
/// <param name="isTls">Whether the bytes travel by TLS.</param>
internal sealed class ClientAuthentication(ClientOptions options, string plugin, byte[] nonce, bool isTls)
{
    private bool _awaitsPublicKey;

    public string Plugin => plugin;

    public static bool IsSupported(string plugin) => plugin is
        AuthenticationPlugins.NativePassword or AuthenticationPlugins.CachingSha2Password or AuthenticationPlugins.ClearPassword;

    /// <summary>The answer to the challenge.</summary>
    public byte[] Answer() => plugin switch
    {
        AuthenticationPlugins.NativePassword => NativePassword.Scramble(options.Password, nonce),
        AuthenticationPlugins.CachingSha2Password => CachingSha2Password.Scramble(options.Password, nonce),
        AuthenticationPlugins.ClearPassword => ClearPassword(),
        _ => throw new MySqlProtocolException(
            $"The server wants authentication plugin '{Printable(plugin)}', which isn't supported. Give the user one of: "
            + $"{AuthenticationPlugins.NativePassword}, {AuthenticationPlugins.CachingSha2Password}, {AuthenticationPlugins.ClearPassword}."),
    };

    /// <summary>The answer to more data of the plugin; null when the server goes on by itself.</summary>
    public byte[]? Continue(ReadOnlySpan<byte> data)
    {
        if (plugin != AuthenticationPlugins.CachingSha2Password)
            throw new MySqlProtocolException($"The server sent more authentication data, which '{plugin}' has no use for.");
        if (_awaitsPublicKey)
        {
            _awaitsPublicKey = false;
            return CachingSha2Password.Encrypt(options.Password, nonce, data);
        }
        return data switch
        {
            [CachingSha2Password.FastPathSucceeded] => null,
            [CachingSha2Password.FullPathNeeded] => FullPath(),
            _ => throw new MySqlProtocolException("The server sent unknown authentication data."),
        };
    }

    private byte[] FullPath()
    {
        if (isTls)
            return CachingSha2Password.Terminated(options.Password);
        if (!options.AllowPublicKeyRetrieval)
            throw new MySqlConnectionException(
                "The server needs the password itself and there is no TLS. Turn on TLS, or allow retrieval of the server's public key.");
        _awaitsPublicKey = true;
        return [CachingSha2Password.PublicKeyRequest];
    }

    private byte[] ClearPassword()
    {
        if (!isTls)
            throw new MySqlConnectionException("The server wants the password in clear text. That is done over TLS only: turn on TLS.");
        if (!options.AllowClearPassword)
            throw new MySqlConnectionException("The server wants the password in clear text. Allow that for this server if you trust it.");
        return CachingSha2Password.Terminated(options.Password);
    }

    private static string Printable(string text) =>
        new([.. text.Take(InitialHandshakePayload.NonceBytes * 2).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
}
