using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Secrets;

namespace Outrider.Tests.Pure.Secrets;

public sealed class SecretRedactorTests
{
    [Theory]
    [InlineData("""PROPERTIES ("host" = "db", "password" = "hunter2", "port" = "3306")""", """PROPERTIES ("host" = "db", "password" = "***", "port" = "3306")""")]
    [InlineData("""{"group.id":"g","sasl.password":"hunter2","x":"y"}""", """{"group.id":"g","sasl.password":"***","x":"y"}""")]
    [InlineData("""{"a":"{\"sasl.password\":\"hunter2\",\"b\":\"c\"}"}""", """{"a":"{\"sasl.password\":\"***\",\"b\":\"c\"}"}""")]
    [InlineData("""'aws.s3.secret_key'='hunter2'""", """'aws.s3.secret_key'='***'""")]
    [InlineData("""aws.s3.access-key = hunter2, x""", """aws.s3.access-key = ***, x""")]
    [InlineData("""Password=hunter2;Database=x""", """Password=***;Database=x""")]
    [InlineData("""azure.blob.shared_key: hunter2""", """azure.blob.shared_key: ***""")]
    [InlineData("""password = "a\"hunter2" , b""", """password = "***" , b""")]
    [InlineData("""password="hunter2""", """password="***""")]
    [InlineData("""(password="hunter2", secret='hunter2')""", """(password="***", secret='***')""")]
    public void Redact_Secret_IsMaskedAndTheRestStays(string text, string expected) => 
        Assert.Equal(expected, Encoding.UTF8.GetString(SecretRedactor.Redact(Encoding.UTF8.GetBytes(text))!));

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-10 03:30:02")]
    [InlineData("Status: Normal, DiskUsage: 0.00GB/2.00GB")]
    [InlineData("""PROPERTIES ("compression" = "LZ4", "datacache.enable" = "false")""")]
    [InlineData("password")]
    [InlineData("password=")]
    [InlineData("""password = "" """)]
    [InlineData("SELECT password FROM t WHERE a = 1")]
    [InlineData("""{"group.id":"rl_orders_7"}""")]
    public void Redact_NoSecret_IsLeftAsItIs(string text) => Assert.Null(SecretRedactor.Redact(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("object_storage_secret_access_key", true)]
    [InlineData("aws_s3_access_key", true)]
    [InlineData("ssl_keystore_PASSWORD", true)]
    [InlineData("compact_threads", false)]
    [InlineData("run_mode", false)]
    [InlineData("primary_key_limit", false)]
    public void IsSecretName_Setting_IsJudgedByItsWords(string name, bool secret) =>
        Assert.Equal(secret, SecretRedactor.IsSecretName(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Redact_AnyBytes_NeverThrowsAndLeavesNoSecretBehind() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (before, after) =>
        {
            byte[] text = [.. before, .. " \"password\" = \"hunter2\" "u8, .. after];
            var redacted = SecretRedactor.Redact(text);
            return redacted is not null && redacted.AsSpan().IndexOf("hunter2"u8) < 0;
        }));
}
