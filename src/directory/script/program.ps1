<#
.SYNOPSIS
Carries a plan of IPMS into Active Directory, Exchange and Skype for Business, and writes down what came of it.

.DESCRIPTION
Everything down to the block of data at the end is the same in every script of IPMS. The block is JSON: names in it are data, and
never become commands.

Each object is looked up before anything is changed, and only what differs is changed: the script may be run twice. With -WhatIf it
changes nothing and writes no result. No password is in it: accounts are made closed. Set a password for each new account (Active
Directory Users and Computers, Reset Password), then run the script again: it opens them.

Run it in the Exchange Management Shell of an account that may change the objects below the base. Give the result file back to IPMS:
Directory, Steps, or "ipms directory script --result FILE".

.PARAMETER BaseDN
Where the objects of IPMS lie. Nothing above or beside it is touched. Usual: the one that IPMS was given.

.PARAMETER Server
The domain controller to work with. Usual: one that is found.

.PARAMETER ResultPath
Where the result is written. Usual: a new file in this folder.

.PARAMETER Hybrid
The mailboxes are in Exchange Online: they are made and changed as remote mailboxes.

.PARAMETER RemoteRoutingDomain
With -Hybrid: the domain of the routing addresses, such as agency.mail.onmicrosoft.com.

.PARAMETER NoExchange
This directory has no Exchange: what only Exchange knows is reported as not kept here.

.PARAMETER NoSkype
There is no Skype for Business (Lync) here: its services are reported as not kept here.

.PARAMETER RegistrarPool
The pool of Skype for Business in which accounts are enabled.

.PARAMETER ConferencingPolicy
The policy that is granted for Multi Conferencing.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
  [string] $BaseDN,
  [string] $Server,
  [string] $ResultPath,
  [switch] $Hybrid,
  [string] $RemoteRoutingDomain,
  [switch] $NoExchange,
  [switch] $NoSkype,
  [string] $RegistrarPool,
  [string] $ConferencingPolicy
)

$ErrorActionPreference = 'Stop'
$script:asked = $PSCmdlet
$script:items = @{}
$script:found = @{}
# whoever agreed to a change is not asked again by the command that makes it
$script:quiet = @{ Confirm = $false; ErrorAction = 'Stop' }
$script:at = @{}
$script:withController = @{}

# Exchange has its own commands for these; it does not support that they are written beside it.
$script:recipientFields = @(
  'mail', 'proxyAddresses', 'mailNickname', 'targetAddress', 'msExchHideFromAddressLists',
  'mDBUseDefaults', 'mDBStorageQuota', 'mDBOverQuotaLimit', 'mDBOverHardQuotaLimit'
)
# A directory without Exchange does not have these.
$script:exchangeOnly = @(
  'mailNickname', 'targetAddress', 'msExchHideFromAddressLists', 'mDBUseDefaults', 'mDBStorageQuota', 'mDBOverQuotaLimit',
  'mDBOverHardQuotaLimit', 'authOrig', 'dLMemSubmitPerms', 'msExchCoManagedByLink'
)
$script:addressFields = @('mail', 'proxyAddresses', 'mailNickname')

function Get-IpmsPlace([string] $Below) {
  if ($Below -eq '') { return $script:base }
  return $Below + ',' + $script:base
}

function Get-IpmsFilter([string] $Guid) {
  $bytes = @(([guid] $Guid).ToByteArray() | ForEach-Object { '\{0:x2}' -f $_ })
  return '(objectGUID=' + ($bytes -join '') + ')'
}

# The one object below the base that a filter finds; $null where there is none.
function Select-IpmsOne([string] $Mark, [string] $Filter) {
  $all = @(Get-ADObject -LDAPFilter $Filter -SearchBase $script:base -SearchScope Subtree @at -ErrorAction Stop)
  if ($all.Count -gt 1) {
    throw ('Several objects carry the mark ' + $Mark + ': ' + (($all | ForEach-Object { $_.DistinguishedName }) -join '; '))
  }
  if ($all.Count -eq 0) { return $null }
  return $all[0].ObjectGUID.ToString()
}

# The object in one place; $null where there is none. Whatever else goes wrong is an error: unknown is not absent.
function Select-IpmsPlace([string] $Place) {
  try {
    return (Get-ADObject -Identity $Place @at -ErrorAction Stop).ObjectGUID.ToString()
  }
  catch {
    if ($_.Exception.GetType().Name -eq 'ADIdentityNotFoundException') { return $null }
    throw
  }
}

# The GUID of what stands for an item of IPMS: the known one, else the one that carries its mark; a container by its place.
function Find-IpmsObject([string] $Mark) {
  if ($script:found.ContainsKey($Mark)) { return $script:found[$Mark] }
  if ($Mark -notmatch '^[A-Za-z0-9:-]+\z') { throw ('This is no mark of IPMS: ' + $Mark) }
  $item = $script:items[$Mark]
  $guid = $null
  if ($item -and $item.guid) {
    $guid = Select-IpmsOne $Mark (Get-IpmsFilter $item.guid)
  }
  if (-not $guid -and $item -and $item.kind -eq 'container') {
    $guid = Select-IpmsPlace (Get-IpmsPlace $item.at)
    if (-not $guid -and $item.was) { $guid = Select-IpmsPlace (Get-IpmsPlace $item.was) }
  }
  elseif (-not $guid) {
    $guid = Select-IpmsOne $Mark ('(|(employeeNumber=' + $Mark + ')(info=' + $Mark + '))')
  }
  if ($guid) { $script:found[$Mark] = $guid }
  return $guid
}

function Test-IpmsAgreed($Step, [string] $What) {
  return $script:asked.ShouldProcess($Step.name, $What)
}

function Test-IpmsSame($One, $Other) {
  $left = New-Object 'System.Collections.Generic.HashSet[string]' (, [string[]] @($One))
  return $left.SetEquals([string[]] @($Other))
}

# Windows has several ways to say that an account does not end, and to say no.
function Get-IpmsMeaning([string] $Field, $Values) {
  $all = @($Values | Where-Object { $null -ne $_ } | ForEach-Object {
      if ($_ -is [bool]) { ([string] $_).ToUpperInvariant() } else { [string] $_ }
    })
  if ($Field -eq 'accountExpires' -and ($all.Count -eq 0 -or $all[0] -eq '0')) { return , @('9223372036854775807') }
  if ($Field -eq 'msExchHideFromAddressLists') { return , @($all | Where-Object { $_ -ne 'FALSE' }) }
  return , $all
}

function Invoke-IpmsRecipient([string] $Kind, [string] $Guid, [hashtable] $Settings) {
  $about = $script:withController + $script:quiet + @{ Identity = $Guid } + $Settings
  if ($Kind -eq 'group') { Set-DistributionGroup @about -BypassSecurityGroupManagerCheck }
  elseif ($Kind -eq 'contact') { Set-MailContact @about }
  elseif ($Hybrid) { Set-RemoteMailbox @about }
  else { Set-Mailbox @about }
}

# Makes a mailbox, a mail list or a mail contact of what is only an object yet. Returns whether that was agreed to.
function Enable-IpmsRecipient($Step, [string] $Guid) {
  if ($NoExchange) { return $true }
  $mail = @($Step.attributes.mail)[0]
  if (-not $mail -and $Step.kind -ne 'group') { return $true }
  $marks = @('mailNickname', 'msExchMailboxGuid', 'msExchRemoteRecipientType')
  $now = Get-ADObject -Identity $Guid -Properties $marks @at -ErrorAction Stop
  if ($now.mailNickname -or $now.msExchMailboxGuid -or $now.msExchRemoteRecipientType) { return $true }
  $alias = @($Step.attributes.mailNickname)[0]
  if (-not $alias) { $alias = @($Step.attributes.sAMAccountName)[0] }
  if ($Hybrid -and $Step.kind -eq 'user' -and -not $RemoteRoutingDomain) {
    throw 'Give -RemoteRoutingDomain with -Hybrid: remote mailboxes need a routing address.'
  }
  if (-not (Test-IpmsAgreed $Step 'Enable as a recipient of Exchange')) { return $false }
  $about = $script:withController + $script:quiet + @{ Identity = $Guid; Alias = $alias }
  if ($Step.kind -eq 'contact') { Enable-MailContact @about -ExternalEmailAddress $mail | Out-Null }
  else {
    if ($mail) { $about['PrimarySmtpAddress'] = $mail }
    if ($Step.kind -eq 'group') {
      Enable-DistributionGroup @about | Out-Null
      # the groups that IPMS has for itself are in no address list; to a list, people from outside may write
      if ($mail) { Invoke-IpmsRecipient 'group' $Guid @{ RequireSenderAuthenticationEnabled = $false } | Out-Null }
      else { Invoke-IpmsRecipient 'group' $Guid @{ HiddenFromAddressListsEnabled = $true } | Out-Null }
    }
    elseif ($Hybrid) { Enable-RemoteMailbox @about -RemoteRoutingAddress ($alias + '@' + $RemoteRoutingDomain) | Out-Null }
    else { Enable-Mailbox @about | Out-Null }
  }
  return $true
}

function Get-IpmsRecipientSetting([string] $Field, $Values) {
  switch ($Field) {
    'mail' { return @{ EmailAddressPolicyEnabled = $false; PrimarySmtpAddress = $Values[0] } }
    'proxyAddresses' { return @{ EmailAddressPolicyEnabled = $false; EmailAddresses = [string[]] $Values } }
    'mailNickname' { return @{ Alias = $Values[0] } }
    'targetAddress' { return @{ ExternalEmailAddress = $Values[0] } }
    'msExchHideFromAddressLists' { return @{ HiddenFromAddressListsEnabled = ($Values.Count -gt 0) } }
    'mDBUseDefaults' { return @{ UseDatabaseQuotaDefaults = $false } }
    'mDBStorageQuota' { return @{ IssueWarningQuota = $Values[0] + 'KB' } }
    'mDBOverQuotaLimit' { return @{ ProhibitSendQuota = $Values[0] + 'KB' } }
    'mDBOverHardQuotaLimit' { return @{ ProhibitSendReceiveQuota = $Values[0] + 'KB' } }
  }
}

# Brings fields to their values, as far as they differ. Returns the outcome, and what is not kept in this directory.
function Set-IpmsFields($Step, [string] $Guid, $Fields) {
  $outcome = @{ outcome = 'already'; words = '' }
  $elsewhere = @()
  $wanted = @()
  foreach ($field in $Fields) {
    $isHere = $true
    if ($NoExchange -and $script:exchangeOnly -contains $field.Name) { $isHere = $false }
    if ($Hybrid -and $field.Name -like 'mDB*') { $isHere = $false }
    if ($isHere) { $wanted += $field } else { $elsewhere += $field.Name }
  }
  $attributes = @($wanted | Where-Object { -not $_.Name.Contains('.') })
  if ($attributes.Count -gt 0) {
    $names = @($attributes | ForEach-Object { $_.Name })
    $read = $names
    if (-not $NoExchange) { $read = @($names + 'mailNickname' | Select-Object -Unique) }
    $now = Get-ADObject -Identity $Guid -Properties $read @at -ErrorAction Stop
    $isRecipient = -not $NoExchange -and [bool] $now.mailNickname
    $replace = @{}
    $clear = @()
    $settings = @{}
    foreach ($field in $attributes) {
      $name = $field.Name
      $there = @($now.$name | Where-Object { $null -ne $_ })
      $values = @($field.Value)
      # addresses of other kinds belong to others
      if ($name -eq 'proxyAddresses' -and $values.Count -gt 0) { $values += @($there | Where-Object { $_ -notmatch '^smtp:' }) }
      if (Test-IpmsSame (Get-IpmsMeaning $name $there) (Get-IpmsMeaning $name $values)) { continue }
      $isTakenAway = $values.Count -eq 0 -and $name -ne 'msExchHideFromAddressLists'
      if ($isRecipient -and -not $isTakenAway -and $script:recipientFields -contains $name) {
        # the primary address is among all of them
        if ($name -eq 'mail' -and $names -contains 'proxyAddresses') { continue }
        $setting = Get-IpmsRecipientSetting $name $values
        foreach ($key in $setting.Keys) { $settings[$key] = $setting[$key] }
      }
      elseif (-not $NoExchange -and $script:recipientFields -contains $name -and -not $isTakenAway -and $script:addressFields -notcontains $name) {
        throw ('It is no recipient of Exchange yet, and so has no ' + $name + '.')
      }
      elseif ($values.Count -eq 0) { $clear += $name }
      elseif ($name -eq 'accountExpires') { $replace[$name] = [long] $values[0] }
      else { $replace[$name] = [string[]] $values }
    }
    $changed = @($replace.Keys) + $clear + @($settings.Keys)
    if ($changed.Count -gt 0) {
      if (-not (Test-IpmsAgreed $Step ('Set ' + ($changed -join ', ')))) { return @{ outcome = 'skipped'; words = '' } }
      $about = $script:at + $script:quiet
      if ($replace.Count -gt 0) { $about['Replace'] = $replace }
      if ($clear.Count -gt 0) { $about['Clear'] = [string[]] $clear }
      if ($replace.Count + $clear.Count -gt 0) { Set-ADObject -Identity $Guid @about }
      if ($settings.Count -gt 0) { Invoke-IpmsRecipient $Step.kind $Guid $settings | Out-Null }
      $outcome.outcome = 'done'
    }
  }
  foreach ($field in @($wanted | Where-Object { $_.Name.Contains('.') })) {
    $one = Set-IpmsService $Step $Guid $field.Name @($field.Value)
    if ($one.outcome -eq 'skipped') { return $one }
    if ($one.outcome -eq 'elsewhere') { $elsewhere += $one.words }
    if ($one.outcome -eq 'done') { $outcome.outcome = 'done' }
  }
  if ($elsewhere.Count -gt 0) {
    $outcome.words = 'Not kept here: ' + ($elsewhere -join ', ')
    if ($outcome.outcome -eq 'already' -and $Fields.Count -eq $elsewhere.Count) { $outcome.outcome = 'elsewhere' }
  }
  return $outcome
}

# The archive of Exchange, and Skype for Business (Lync): commands alone may change them.
function Set-IpmsService($Step, [string] $Guid, [string] $Service, $Values) {
  if ($Service -eq 'Exchange.Archive') {
    if ($NoExchange) { return @{ outcome = 'elsewhere'; words = $Service } }
    $has = [bool] (Get-ADObject -Identity $Guid -Properties msExchArchiveGUID @at).msExchArchiveGUID
    if ($has -eq ($Values.Count -gt 0)) { return @{ outcome = 'already'; words = '' } }
    # its content would be lost after some days: that is for a person to decide
    if ($has) { return @{ outcome = 'elsewhere'; words = 'Exchange.Archive (switch the archive off by hand)' } }
    if (-not (Test-IpmsAgreed $Step 'Enable the archive')) { return @{ outcome = 'skipped'; words = '' } }
    $about = $script:withController + $script:quiet
    if ($Hybrid) { Enable-RemoteMailbox -Identity $Guid -Archive @about | Out-Null }
    else { Enable-Mailbox -Identity $Guid -Archive @about | Out-Null }
    return @{ outcome = 'done'; words = '' }
  }
  if ($NoSkype) { return @{ outcome = 'elsewhere'; words = $Service } }
  if (-not (Get-Command Enable-CsUser -ErrorAction SilentlyContinue)) {
    throw 'The commands of Skype for Business are not in this shell. Run the script where they are, or with -NoSkype.'
  }
  $about = $script:withController + $script:quiet
  $name = (Get-ADObject -Identity $Guid -Properties userPrincipalName @at).userPrincipalName
  $user = @(Get-CsUser -LdapFilter (Get-IpmsFilter $Guid) @withController)[0]
  $isOn = $Values.Count -gt 0 -and $Values[0] -eq 'TRUE'
  switch ($Service) {
    'Cs.User' {
      if ((-not $user -and -not $isOn) -or ($user -and $Values.Count -gt 0 -and [bool] $user.Enabled -eq $isOn)) {
        return @{ outcome = 'already'; words = '' }
      }
      if (-not (Test-IpmsAgreed $Step 'Enable or disable Skype for Business')) { return @{ outcome = 'skipped'; words = '' } }
      if (-not $user) {
        if (-not $RegistrarPool) { throw 'Give -RegistrarPool: the pool in which accounts of Skype for Business are enabled.' }
        Enable-CsUser -Identity $name -RegistrarPool $RegistrarPool -SipAddressType EmailAddress @about
      }
      elseif ($Values.Count -eq 0) { Disable-CsUser -Identity $name @about }
      else { Set-CsUser -Identity $name -Enabled $isOn @about }
    }
    'Cs.EnterpriseVoice' {
      if ([bool] ($user -and $user.EnterpriseVoiceEnabled) -eq $isOn) { return @{ outcome = 'already'; words = '' } }
      if (-not $user) { throw 'It is not enabled for Skype for Business yet.' }
      if (-not (Test-IpmsAgreed $Step 'Enterprise Voice')) { return @{ outcome = 'skipped'; words = '' } }
      Set-CsUser -Identity $name -EnterpriseVoiceEnabled $isOn @about
    }
    'Cs.Conferencing' {
      $has = [bool] ($user -and $user.ConferencingPolicy)
      if ($has -eq $isOn) { return @{ outcome = 'already'; words = '' } }
      if (-not $user) { throw 'It is not enabled for Skype for Business yet.' }
      if ($isOn -and -not $ConferencingPolicy) { throw 'Give -ConferencingPolicy: the policy for Multi Conferencing.' }
      if (-not (Test-IpmsAgreed $Step 'Multi Conferencing')) { return @{ outcome = 'skipped'; words = '' } }
      if ($isOn) { Grant-CsConferencingPolicy -Identity $name -PolicyName $ConferencingPolicy @about }
      else { Grant-CsConferencingPolicy -Identity $name -PolicyName $null @about }
    }
    default { throw ('This script does not know ' + $Service + '.') }
  }
  return @{ outcome = 'done'; words = '' }
}

function New-IpmsObject($Step) {
  $mark = $Step.object
  $guid = Find-IpmsObject $mark
  $isMade = $false
  if (-not $guid) {
    if (-not (Test-IpmsAgreed $Step ('Create ' + $Step.kind))) { return @{ outcome = 'skipped'; words = '' } }
    $about = $script:at + $script:quiet + @{ Name = $Step.newName; Path = (Get-IpmsPlace $Step.below); PassThru = $true }
    $account = @($Step.attributes.sAMAccountName)[0]
    $made = switch ($Step.kind) {
      'container' { New-ADOrganizationalUnit @about }
      'user' {
        New-ADUser @about -SamAccountName $account -Enabled $false -PasswordNotRequired $false -OtherAttributes @{ employeeNumber = $mark }
      }
      'group' {
        New-ADGroup @about -SamAccountName $account -GroupScope Universal -GroupCategory Distribution -OtherAttributes @{ info = $mark }
      }
      'contact' { New-ADObject @about -Type contact -OtherAttributes @{ info = $mark } }
    }
    $guid = $made.ObjectGUID.ToString()
    $script:found[$mark] = $guid
    $isMade = $true
  }
  if ($Step.kind -eq 'container') {
    if ($isMade) { return @{ outcome = 'done'; words = '' } }
    return @{ outcome = 'already'; words = '' }
  }
  # before Exchange knows it, it has what all of Active Directory has
  $plain = @($Step.attributes.PSObject.Properties | Where-Object {
      $script:recipientFields -notcontains $_.Name -and -not $_.Name.Contains('.')
    })
  $first = Set-IpmsFields $Step $guid $plain
  if ($first.outcome -eq 'skipped') { return $first }
  if (-not (Enable-IpmsRecipient $Step $guid)) { return @{ outcome = 'skipped'; words = '' } }
  $rest = Set-IpmsFields $Step $guid @($Step.attributes.PSObject.Properties | Where-Object { $plain.Name -notcontains $_.Name })
  if ($rest.outcome -eq 'skipped') { return $rest }
  if ($isMade -or $first.outcome -eq 'done' -or $rest.outcome -eq 'done') { return @{ outcome = 'done'; words = $rest.words } }
  return @{ outcome = 'already'; words = $rest.words }
}

# Where an object lies, and what it is called there.
function Set-IpmsPlace($Step, [string] $Guid) {
  $now = Get-ADObject -Identity $Guid @at -ErrorAction Stop
  $target = (Get-ADObject -Identity (Get-IpmsPlace $Step.below) @at -ErrorAction Stop).DistinguishedName
  $parent = $now.DistinguishedName -replace '^(?:\\.|[^\\,])+,', ''
  $isThere = $parent -eq $target
  if ($isThere -and $now.Name -ceq $Step.newName) { return @{ outcome = 'already'; words = '' } }
  if (-not (Test-IpmsAgreed $Step ('Move or rename to ' + $Step.newName))) { return @{ outcome = 'skipped'; words = '' } }
  $about = $script:at + $script:quiet
  if (-not $isThere) { Move-ADObject -Identity $Guid -TargetPath $target @about }
  if ($now.Name -cne $Step.newName) { Rename-ADObject -Identity $Guid -NewName $Step.newName @about }
  return @{ outcome = 'done'; words = '' }
}

# Members, owners, allowed senders. Of members, only who was decided comes and goes; what names senders is set as a whole.
function Set-IpmsLinks($Step, [string] $Guid) {
  $field = $Step.field
  if ($NoExchange -and $script:exchangeOnly -contains $field) { return @{ outcome = 'elsewhere'; words = 'Not kept here: ' + $field } }
  $now = @((Get-ADObject -Identity $Guid -Properties $field @at -ErrorAction Stop).$field | Where-Object { $null -ne $_ })
  $there = New-Object 'System.Collections.Generic.HashSet[string]' ([System.StringComparer]::OrdinalIgnoreCase)
  foreach ($one in $now) { [void] $there.Add($one) }
  $missing = @()
  $placeOf = @{}
  foreach ($mark in @($Step.to) + @($Step.remove)) {
    $other = Find-IpmsObject $mark
    if ($other) { $placeOf[$mark] = (Get-ADObject -Identity $other @at -ErrorAction Stop).DistinguishedName }
    elseif (@($Step.remove) -notcontains $mark) { $missing += $mark }
  }
  $outcome = @{ outcome = 'already'; words = '' }
  if ($field -eq 'member') {
    $add = @(@($Step.add) | Where-Object { $placeOf[$_] -and -not $there.Contains($placeOf[$_]) } | ForEach-Object { $placeOf[$_] })
    $remove = @(@($Step.remove) | Where-Object { $placeOf[$_] -and $there.Contains($placeOf[$_]) } | ForEach-Object { $placeOf[$_] })
    if ($add.Count + $remove.Count -gt 0) {
      if (-not (Test-IpmsAgreed $Step ('Members: ' + $add.Count + ' in, ' + $remove.Count + ' out'))) { return @{ outcome = 'skipped'; words = '' } }
      $about = $script:at + $script:quiet
      # some hundred at once: more than that are too many for one request
      for ($start = 0; $start -lt $add.Count; $start += 500) {
        Set-ADObject -Identity $Guid -Add @{ member = [string[]] @($add | Select-Object -Skip $start -First 500) } @about
      }
      for ($start = 0; $start -lt $remove.Count; $start += 500) {
        Set-ADObject -Identity $Guid -Remove @{ member = [string[]] @($remove | Select-Object -Skip $start -First 500) } @about
      }
      $outcome.outcome = 'done'
    }
  }
  else {
    $marks = @(@($Step.to) | Where-Object { $placeOf[$_] })
    # what names nobody lets everybody in
    if ($marks.Count -eq 0 -and @($Step.to).Count -gt 0) { throw ('Not there yet: ' + ($missing -join ', ')) }
    $places = @($marks | ForEach-Object { $placeOf[$_] })
    $isSame = $places.Count -eq $there.Count -and @($places | Where-Object { -not $there.Contains($_) }).Count -eq 0
    if (-not $isSame) {
      if (-not (Test-IpmsAgreed $Step ('Set ' + $field))) { return @{ outcome = 'skipped'; words = '' } }
      $guids = [string[]] @($marks | ForEach-Object { $script:found[$_] })
      if ($guids.Count -eq 0) { $guids = $null }
      if ($field -eq 'authOrig') { Invoke-IpmsRecipient $Step.kind $Guid @{ AcceptMessagesOnlyFrom = $guids } | Out-Null }
      elseif ($field -eq 'dLMemSubmitPerms') { Invoke-IpmsRecipient $Step.kind $Guid @{ AcceptMessagesOnlyFromDLMembers = $guids } | Out-Null }
      elseif ($field -eq 'msExchCoManagedByLink' -and $guids) { Invoke-IpmsRecipient $Step.kind $Guid @{ ManagedBy = $guids } | Out-Null }
      else {
        $about = $script:at + $script:quiet
        if ($places.Count -eq 0) { Set-ADObject -Identity $Guid -Clear $field @about }
        else { Set-ADObject -Identity $Guid -Replace @{ $field = [string[]] $places } @about }
      }
      $outcome.outcome = 'done'
    }
  }
  if ($missing.Count -gt 0) { throw ('Not there yet: ' + ($missing -join ', ')) }
  return $outcome
}

function Set-IpmsOpen($Step, [string] $Guid) {
  $isOpen = $Step.action -eq 'open'
  if ([bool] (Get-ADUser -Identity $Guid @at -ErrorAction Stop).Enabled -eq $isOpen) { return @{ outcome = 'already'; words = '' } }
  if (-not (Test-IpmsAgreed $Step $(if ($isOpen) { 'Open the account' } else { 'Close the account' }))) { return @{ outcome = 'skipped'; words = '' } }
  $about = $script:at + $script:quiet
  if (-not $isOpen) { Disable-ADAccount -Identity $Guid @about }
  else {
    try { Enable-ADAccount -Identity $Guid @about }
    catch { throw ('Set a password for this account in Active Directory, then run this script again. ' + $_.Exception.Message) }
  }
  return @{ outcome = 'done'; words = '' }
}

function Remove-IpmsObject($Step, [string] $Guid) {
  if (-not (Test-IpmsAgreed $Step 'Remove')) { return @{ outcome = 'skipped'; words = '' } }
  $about = $script:at + $script:quiet
  # below an account, Exchange keeps the devices of its owner
  if ($Step.kind -eq 'user') { Remove-ADObject -Identity $Guid -Recursive @about } else { Remove-ADObject -Identity $Guid @about }
  $script:found.Remove($Step.object)
  return @{ outcome = 'done'; words = '' }
}

function Invoke-IpmsStep($Step) {
  try {
    if ($Step.action -eq 'create') { $outcome = New-IpmsObject $Step }
    else {
      $guid = Find-IpmsObject $Step.object
      if (-not $guid) {
        if ($Step.action -eq 'remove') { $outcome = @{ outcome = 'already'; words = '' } }
        else { $outcome = @{ outcome = 'absent'; words = 'No object carries the mark ' + $Step.object + '.' } }
      }
      else {
        $outcome = switch ($Step.action) {
          'update' { Set-IpmsFields $Step $guid @(New-Object PSObject -Property @{ Name = $Step.field; Value = $Step.values }) }
          'members' { Set-IpmsLinks $Step $guid }
          'rename' { Set-IpmsPlace $Step $guid }
          'move' { Set-IpmsPlace $Step $guid }
          'open' { Set-IpmsOpen $Step $guid }
          'close' { Set-IpmsOpen $Step $guid }
          'remove' { Remove-IpmsObject $Step $guid }
          default { throw ('This script does not know ' + $Step.action + '.') }
        }
      }
    }
  }
  catch { $outcome = @{ outcome = 'refused'; words = $_.Exception.Message } }
  # a command that says something beside does not become the outcome
  return @($outcome)[-1]
}

function Write-IpmsResult([hashtable] $Line) {
  if ($WhatIfPreference) { return }
  $json = ConvertTo-Json -InputObject $Line -Compress -Depth 3
  [System.IO.File]::AppendAllText($script:resultFile, $json + "`n", (New-Object System.Text.UTF8Encoding $false))
}

function Complete-IpmsStep($Step, $Outcome) {
  $words = [string] $Outcome.words
  if ($words.Length -gt 500) { $words = $words.Substring(0, 500) }
  Write-Output (New-Object PSObject -Property @{ Object = $Step.name; Action = $Step.action; Field = $Step.field; Outcome = $Outcome.outcome; Words = $words })
  if ($null -eq $Step.step) { return }
  $script:written += 1
  Write-IpmsResult @{
    step = $Step.step; seal = $Step.seal; outcome = $Outcome.outcome; guid = $script:found[$Step.object]; words = $words
  }
}

function Invoke-IpmsPlan([string] $Text) {
  Import-Module ActiveDirectory
  # a line of the block is one value: all at once would be too long for the JSON of Windows PowerShell
  $lines = @($Text -split "`n" | ForEach-Object { $_.Trim() -replace '^[\[,]', '' } | Where-Object { $_ -ne '' -and $_ -ne ']' })
  $head = ConvertFrom-Json $lines[0]
  $script:base = if ($BaseDN) { $BaseDN } else { $head.base }
  if (-not $script:base) { throw 'Give -BaseDN: the place below which the objects of IPMS lie.' }
  $controller = if ($Server) { $Server } else { [string] @((Get-ADDomainController -Discover -Writable).HostName)[0] }
  $script:at = @{ Server = $controller }
  $script:withController = @{ DomainController = $controller }
  if (-not (Select-IpmsPlace $script:base)) { throw ('There is no ' + $script:base + ' in this directory.') }
  if (-not $NoExchange -and -not (Get-Command Set-MailContact -ErrorAction SilentlyContinue)) {
    throw 'The commands of Exchange are not in this shell. Run the script in the Exchange Management Shell, or with -NoExchange.'
  }
  if (-not $ResultPath) { $ResultPath = 'ipms-result-' + (Get-Date -Format 'yyyyMMdd-HHmmss') + '.jsonl' }
  $script:resultFile = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ResultPath)
  Write-IpmsResult @{ ipms = 'result'; format = 1; installation = $head.installation; plan = $head.plan; directory = $script:base }
  $script:written = 0
  $waiting = New-Object 'System.Collections.Generic.List[object]'
  foreach ($line in @($lines | Select-Object -Skip 1)) {
    $value = ConvertFrom-Json $line
    if ($value.PSObject.Properties['item']) { $script:items[$value.item] = $value } else { $waiting.Add($value) }
  }
  # what waits for another object, or for a password that was just set, is tried again as long as anything is done
  do {
    $left = New-Object 'System.Collections.Generic.List[object]'
    $outcomes = New-Object 'System.Collections.Generic.List[object]'
    $isAnyDone = $false
    foreach ($step in $waiting) {
      $outcome = Invoke-IpmsStep $step
      if ($outcome.outcome -eq 'refused' -or $outcome.outcome -eq 'absent') { $left.Add($step); $outcomes.Add($outcome) }
      else {
        if ($outcome.outcome -eq 'done') { $isAnyDone = $true }
        Complete-IpmsStep $step $outcome
      }
    }
    $waiting = $left
  } while ($isAnyDone -and $waiting.Count -gt 0)
  for ($index = 0; $index -lt $waiting.Count; $index += 1) { Complete-IpmsStep $waiting[$index] $outcomes[$index] }
  Write-IpmsResult @{ ipms = 'end'; count = $script:written }
  if ($WhatIfPreference) { Write-Output 'Nothing was changed (-WhatIf), and no result was written.' }
  else { Write-Output ('Give this file to IPMS: ' + $script:resultFile) }
}

# The data. Nothing in it is a command.
