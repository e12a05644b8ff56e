using Shanhuo.Kernel;
using Shanhuo.Registry.Changes;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Households;

/// <summary>The hidden fields of the register: identity numbers, phones, what change requests hold. Files that wait to be taken keep the key under which they came.</summary>
internal sealed class HiddenOfRegister(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public async Task<int> Renew(CancellationToken cancel) =>
        await db.Renew<Member>(secrets, m => m.IdentityHidden, m => RegisterBook.IdentityBinding(m.Id), m => { var id = m.Id; return r => r.Id == id; }, cancel)
        + await db.Renew<Household>(secrets, h => h.PhoneHidden, h => RegisterBook.PhoneBinding(h.Id), h => { var id = h.Id; return r => r.Id == id; }, cancel)
        + await db.Renew<ChangeRequest>(secrets, c => c.OperationHidden, c => AskChangeHandler.OperationBinding(c.Id), c => { var id = c.Id; return r => r.Id == id; }, cancel)
        + await db.Renew<ChangeRequest>(secrets, c => c.UndoHidden, c => DecideChangeHandler.UndoBinding(c.Id), c => { var id = c.Id; return r => r.Id == id; }, cancel);
}
