using System.Security.Cryptography;
using System.Text;

namespace Outrider.MySql.Authentication;

/// <summary>
/// mysql_native_password: SHA1(password) XOR SHA1(nonce + SHA1(SHA1(password))).
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html
/// </summary>
public static class NativePassword
{
    /// <summary>The client's answer; empty for an empty password.</summary>
    public static byte[] Scramble(string password, ReadOnlySpan<byte> nonce)
    {
        if (password.Length == 0)
            return [];
        var hash = Sha1(Encoding.UTF8.GetBytes(password));
        return Xor.Apply(hash, Sha1([.. nonce, .. Sha1(hash)]));
    }

    /// <summary>Whether an answer proves knowledge of the password.</summary>
    public static bool Verify(string password, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> answer) =>
        CryptographicOperations.FixedTimeEquals(Scramble(password, nonce), answer);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The protocol prescribes SHA-1.")]
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);
}
