using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Outrider.Notifiers.Http;

/// <summary>How DingTalk and Feishu want messages signed: both with HMAC-SHA256, each its own way.</summary>
public static class Signature
{
    /// <summary>DingTalk's: the key is the secret, the text is time and secret. Not yet escaped for a URL.</summary>
    /// <param name="milliseconds">Unix time.</param>
    public static string DingTalk(long milliseconds, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Text(milliseconds, secret))));

    /// <summary>Feishu's: the key is time and secret, the text is empty.</summary>
    /// <param name="seconds">Unix time.</param>
    public static string Feishu(long seconds, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Text(seconds, secret)), Array.Empty<byte>()));

    private static string Text(long time, string secret) => string.Create(CultureInfo.InvariantCulture, $"{time}\n{secret}");
}
