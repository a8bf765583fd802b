using Outrider.Protocol.SqlGuard;

namespace Outrider.Tests.Pure.Sql;

public class GuardPolicyTests
{
    private static readonly GuardPolicy s_inInformationSchema = new() { DefaultDatabase = "information_schema" };
    private static readonly GuardPolicy s_withOrders = new() { ExtraTables = ["shop.orders"] };

    [Theory]
    [InlineData("SELECT * FROM tables", null)]
    [InlineData("SELECT * FROM orders", GuardRules.TableNotAllowed)]
    [InlineData("SELECT * FROM user_privileges", GuardRules.TableNotAllowed)]
    [InlineData("SELECT * FROM shop.orders", GuardRules.SchemaNotAllowed)]
    public void Check_DefaultDatabase_ResolvesUnqualifiedNames(string sql, string? rule) =>
        Assert.Equal(rule, SqlGuard.Check(sql, s_inInformationSchema).Rule);

    [Theory]
    [InlineData("SELECT * FROM shop.orders", null)]
    [InlineData("SELECT * FROM default_catalog.SHOP.`orders`", null)]
    [InlineData("SELECT * FROM shop.users", GuardRules.SchemaNotAllowed)]
    [InlineData("SELECT * FROM orders", GuardRules.UnqualifiedTable)]
    [InlineData("SELECT * FROM `shop.orders`", GuardRules.UnqualifiedTable)]
    [InlineData("SELECT * FROM hive.shop.orders", GuardRules.CatalogNotAllowed)]
    [InlineData("DELETE FROM shop.orders", GuardRules.WriteStatement)]
    public void Check_ExtraTable_AddsThatTableOnly(string sql, string? rule) =>
        Assert.Equal(rule, SqlGuard.Check(sql, s_withOrders).Rule);
}
