using System.CommandLine;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo keys rotate</c>: a new key for hidden fields, taken into use while the site serves; the old values are written anew.</summary>
internal static class KeysCommand
{
    public static Command Make()
    {
        var rotate = new Command("rotate", "Make a new key and write all hidden fields anew under it; the site may go on serving | 换新密钥，运行中也可以");
        rotate.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            var number = session.Services.GetRequiredService<Secrets>().AddKey();
            var renewed = 0;
            foreach (var holder in session.Services.GetServices<IHoldHiddenFields>())
                for (int some; (some = await holder.Renew(stop)) > 0;)
                {
                    renewed += some;
                    if (!Console.IsErrorRedirected) Console.Error.Write($"\r{renewed} ");
                }
            return session.Done("keys.rotated", number, renewed);
        }, cancel));
        return new Command("keys", "Keys of hidden fields | 加密字段的密钥") { rotate };
    }
}
