using System.CommandLine;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo user add</c>: an account that can sign in. The password comes from standard input, so that it stands in no shell history.</summary>
internal static class UserCommand
{
    public static Command Make()
    {
        var name = new Option<string>("--name") { Description = "Name or phone number | 姓名或手机号", Required = true };
        var role = new Option<string>("--role") { Description = string.Join(", ", Role.All), Required = true };
        var area = new Option<string>("--area") { Description = "Area code, 2 to 12 digits | 行政区划代码", Required = true };
        var organisation = new Option<string?>("--organisation") { Description = "Code of the organisation | 机构代码" };
        var household = new Option<string?>("--household") { Description = "Code of the household | 户编号" };
        var add = new Command("add", "Add an account; the password is read from standard input | 添加账号") { name, role, area, organisation, household };
        add.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            if (!AreaCode.TryParse(parsed.GetValue(area), out var code)) return session.Refuse(new Refusal("account.area", Place.None, parsed.GetValue(area)!));
            var password = (await Console.In.ReadLineAsync(stop))?.Trim() ?? "";
            var outcome = await session.Services.GetRequiredService<AddAccountHandler>().Handle(
                new AddAccount(parsed.GetValue(name)!, parsed.GetValue(name)!, password, parsed.GetValue(role)!, code, parsed.GetValue(organisation), parsed.GetValue(household)), stop);
            return outcome.Ok(out _, out var no) ? session.Done("command.user-added", parsed.GetValue(name)!) : session.Refuse(no);
        }, cancel));
        return new Command("user", "Accounts | 账号") { add };
    }
}
