using Outrider.Storage.Shared;

namespace Outrider.Tests.Pure.Storage;

public sealed class MySqlScriptTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" ;\n; -- only a comment\n", new string[0])]
    [InlineData("SELECT 1", new[] { "SELECT 1" })]
    [InlineData("SELECT 1;\nSELECT 2;\n", new[] { "SELECT 1", "SELECT 2" })]
    [InlineData("SELECT ';', \";\", `;`; SELECT 2", new[] { "SELECT ';', \";\", `;`", "SELECT 2" })]
    [InlineData("SELECT 'it''s; \\'; no'; SELECT 2", new[] { "SELECT 'it''s; \\'; no'", "SELECT 2" })]
    [InlineData("SELECT `\\`; SELECT 2", new[] { "SELECT `\\`", "SELECT 2" })]
    [InlineData("-- it's; a comment\nSELECT 1 # and; another\n; /* don't; stop */ SELECT 2", new[]
        { "-- it's; a comment\nSELECT 1 # and; another", "/* don't; stop */ SELECT 2" })]
    [InlineData("SELECT 1--1; SELECT 2", new[] { "SELECT 1--1", "SELECT 2" })]
    [InlineData("/*!40101 SET NAMES utf8 */;", new[] { "/*!40101 SET NAMES utf8 */" })]
    [InlineData("SELECT 'never closed; SELECT 2", new[] { "SELECT 'never closed; SELECT 2" })]
    public void Split_Semicolons_CutOutsideQuotesAndComments(string script, string[] expected) =>
        Assert.Equal(expected, MySqlScript.Split(script));

    [Theory]
    [InlineData("SELECT 1;\nDELIMITER $$\nBEGIN a; b; END$$\nDELIMITER ;\nSELECT 2;", new[] { "SELECT 1", "BEGIN a; b; END", "SELECT 2" })]
    [InlineData("delimiter //\r\nBEGIN a; END//\r\ndelimiter ;\r\nSELECT 2", new[] { "BEGIN a; END", "SELECT 2" })]
    [InlineData("DELIMITER $$\nBEGIN a; END;\nDELIMITER $$\nBEGIN b; END;\nDELIMITER ;", new[] { "BEGIN a; END;", "BEGIN b; END;" })]
    [InlineData("SELECT 'x\nDELIMITER $$\ny'; SELECT 2", new[] { "SELECT 'x\nDELIMITER $$\ny'", "SELECT 2" })]
    [InlineData("SELECT 1 AS delimiter ;", new[] { "SELECT 1 AS delimiter" })]
    public void Split_Delimiter_ChangesWhereToCut(string script, string[] expected) => Assert.Equal(expected, MySqlScript.Split(script));

    [Fact]
    public void Split_DelimiterWithoutOne_SaysWhatToWrite() =>
        Assert.Contains("DELIMITER $$", Assert.Throws<FormatException>(() => MySqlScript.Split("DELIMITER \nSELECT 1;")).Message);
}
