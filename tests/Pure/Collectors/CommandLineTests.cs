using System.Text;
using Outrider.Agent.Collectors.Processes;

namespace Outrider.Tests.Pure.Collectors;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("java|-Xmx8g|-jar|app.jar,x", "java -Xmx8g -jar app.jar,x")]
    [InlineData("", null)]
    [InlineData("/usr/bin/mysql|-uroot|-phush|db", "/usr/bin/mysql -uroot -p*** db")]
    [InlineData("mysql|-p|db", "mysql -p db")]
    [InlineData("nginx: master process -phush", "nginx: master process -phush")]
    [InlineData("app|--password=hush|--user=a", "app --password=*** --user=a")]
    [InlineData("app|--password|hush|--user|a", "app --password *** --user a")]
    [InlineData("app|--api-token|hush", "app --api-token ***")]
    [InlineData("app|--token=hush", "app --token=***")]
    [InlineData("env|PGPASSWORD=hush|psql", "env PGPASSWORD=*** psql")]
    [InlineData("app|-Djavax.net.ssl.keyStorePassword=hush", "app -Djavax.net.ssl.keyStorePassword=***")]
    [InlineData("app|AWS_SECRET_ACCESS_KEY=hush", "app AWS_SECRET_ACCESS_KEY=***")]
    [InlineData("curl|https://user:hush@host:8030/x?a=b@c", "curl https://user:***@host:8030/x?a=b@c")]
    [InlineData("curl|http://a:hu@sh@h/|http://b:2/", "curl http://a:***@h/ http://b:2/")]
    [InlineData("curl|http://host:8030/x@y", "curl http://host:8030/x@y")]
    public void Read_Arguments_ShowsThemWithoutSecrets(string arguments, string? shown) =>
        Assert.Equal(shown, CommandLine.Read(Encoding.UTF8.GetBytes(arguments.Replace('|', '\0') + "\0"), 512));

    [Fact]
    public void Read_SecretAcrossTheEnd_IsNotShownInPart()
    {
        var command = CommandLine.Read(Encoding.UTF8.GetBytes("app\0--password=" + new string('h', 5000) + "\0"), 64)!;
        Assert.Equal("app --password=***", command);
    }

    [Fact]
    public void Read_LongText_IsCutBetweenCharacters()
    {
        var command = CommandLine.Read(Encoding.UTF8.GetBytes(new string('日', 100)), 64)!;
        Assert.Equal(new string('日', 21), command);
    }

    [Theory]
    [InlineData("python3.11", "development")]
    [InlineData("go", "development")]
    [InlineData("mongo-express", "other")]
    [InlineData("java", "development")]
    [InlineData("systemd-journal", "system")]
    [InlineData("nodejs", "other")]
    [InlineData("mysqld", "database")]
    public void Category_Name_IsByWholeWords(string name, string category) => Assert.Equal(category, ProcessCategory.Of(name));
}
