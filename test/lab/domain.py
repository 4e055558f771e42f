# Adds to a new domain, in its files: the attributes of Exchange, the account of the connector and the part that is its own.
import sys
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB
from samba import sd_utils

database, schema = sys.argv[1:]
settings = LoadParm()
settings.set("dsdb:schema update allowed", "yes")
settings.set("realm", "AGENSI.TEST")
settings.set("workgroup", "AGENSI")
domain = SamDB(url=database, session_info=system_session(), lp=settings)
base = "DC=agensi,DC=test"

SYNTAX = {
    "string": ("2.5.5.12", 64, None),
    "bool": ("2.5.5.8", 1, None),
    "int": ("2.5.5.9", 2, None),
    "dn": ("2.5.5.1", 127, "KwwCh3McAIVK"),
    "orname": ("2.5.5.7", 127, "VgYBAgULHQ=="),
}
OID = "1.2.840.113556.1.8000.2554.41872.20611.7753.18344.39120.1066211.5540077"
holders = {}
for number, line in enumerate(line for line in open(schema) if line.strip() and not line.startswith("#")):
    name, syntax, values, link, holder = line.split()
    attribute, om, om_class = SYNTAX[syntax]
    domain.add_ldif(
        f"dn: CN={name},CN=Schema,CN=Configuration,{base}\nobjectClass: attributeSchema\nlDAPDisplayName: {name}\n"
        f"attributeID: {OID}.{number + 1}\nattributeSyntax: {attribute}\noMSyntax: {om}\n"
        f"isSingleValued: {'TRUE' if values == 'single' else 'FALSE'}\n"
        + (f"oMObjectClass:: {om_class}\n" if om_class else "")
        + (f"linkID: {link}\n" if link != "-" else "")
    )
    holders.setdefault(holder, []).append(name)
domain.set_schema_update_now()
for holder, names in holders.items():
    added = "".join(f"mayContain: {name}\n" for name in names)
    domain.modify_ldif(f"dn: CN={holder},CN=Schema,CN=Configuration,{base}\nchangetype: modify\nadd: mayContain\n{added}")
domain.set_schema_update_now()

domain.newuser("svc-ipms", "Connector-Lab-2026!")
for account in ("svc-ipms", "Administrator"):
    domain.setexpiry(f"(sAMAccountName={account})", 0, no_expiry_req=True)
domain.add_ldif(f"dn: OU=IPMS,{base}\nobjectClass: organizationalUnit\n")
[account] = domain.search(base, expression="(sAMAccountName=svc-ipms)", attrs=["objectSid"])
sid = domain.schema_format_value("objectSid", account["objectSid"][0]).decode()
sd_utils.SDUtils(domain).dacl_add_ace(f"OU=IPMS,{base}", f"(A;CI;RPWPCRCCDCLCLORCWOWDSDDTSW;;;{sid})")
