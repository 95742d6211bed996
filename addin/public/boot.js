// biome-ignore-all lint: ES5, which the linter would modernise
// biome-ignore-all format: the formatter adds commas that ES5 does not know
/*
 * The first script of both pages, in ES5 so that even the browser control of Office 2016 can read it
 * and say something better than a white pane: the browser is too old, office.js cannot be loaded, or
 * the program itself did not start. In the task pane it also loads office.js, from the address that
 * its own tag carries, beside the page rather than before it: a blocked server must not hold up the
 * first line of text. Tells the page 'office-js' once office.js is there.
 */
;(function () {
  'use strict'
  var WAIT_MS = 10000
  var tag = document.currentScript || document.getElementsByTagName('script')[0]
  var officeJs = tag.getAttribute('data-office-js')
  var loaded = false

  var MESSAGES = {
    old: [
      '当前 Excel 使用的浏览器组件过旧，无法运行民生台账。请将 Office 升级到 2021 或更新版本；也可以在新版浏览器（Edge、Chrome、360 极速模式等）中打开下面的页面。',
      'The browser component of this Excel is too old. Please update Office to 2021 or later, or open the page below in a current browser.'
    ],
    oldBrowser: [
      '当前浏览器过旧，无法运行民生台账。请改用新版 Edge、Chrome，或将 360、QQ 等浏览器切换到极速模式后再打开。',
      'This browser is too old. Please use a current Edge or Chrome.'
    ],
    office: [
      '未能连接微软的 Office 脚本服务器，插件无法读取当前工作簿。请检查网络后重新打开窗格；也可以先在浏览器页面中打开文件核对。',
      "Microsoft's Office script server could not be reached. Check the network and reopen the pane, or use the browser page."
    ],
    program: [
      '民生台账未能启动。请检查网络后重新打开；如仍不成功，请与本县管理员联系。',
      'The program did not start. Check the network and open it again, or contact your administrator.'
    ]
  }

  function isOld() {
    var agent = navigator.userAgent
    return !!document.documentMode || /\bEdge\/1\d\./.test(agent) || !('noModule' in document.createElement('script'))
  }

  function show(name) {
    var box = document.getElementById('boot')
    if (!box) return
    while (box.firstChild) box.removeChild(box.firstChild)
    box.setAttribute('role', 'alert')
    box.setAttribute('data-boot', name)
    box.removeAttribute('hidden')
    var chinese = document.createElement('p')
    chinese.appendChild(document.createTextNode(MESSAGES[name][0]))
    var english = document.createElement('p')
    english.className = 'boot-english'
    english.setAttribute('lang', 'en')
    english.appendChild(document.createTextNode(MESSAGES[name][1]))
    box.appendChild(chinese)
    if (officeJs !== null && name !== 'program') box.appendChild(filePageLink())
    box.appendChild(english)
  }

  function filePageLink() {
    var line = document.createElement('p')
    var link = document.createElement('a')
    link.href = '/index.html'
    link.target = '_blank'
    link.rel = 'noopener'
    link.appendChild(document.createTextNode('打开浏览器页面 (open the browser page)'))
    line.appendChild(link)
    return line
  }

  /* The pane may have been told that something failed and still come to life later. */
  function showWhenReady(name) {
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', function () {
        show(name)
      })
    } else show(name)
  }

  function started() {
    return document.documentElement.getAttribute('data-started') === 'yes'
  }

  if (isOld()) {
    showWhenReady(officeJs === null ? 'oldBrowser' : 'old')
    return
  }

  setTimeout(function () {
    if (!started()) showWhenReady(officeJs !== null && !loaded ? 'office' : 'program')
  }, WAIT_MS)

  if (officeJs === null) return
  var script = document.createElement('script')
  script.src = officeJs
  script.onload = function () {
    loaded = true
    document.documentElement.setAttribute('data-office-js', 'loaded')
    var event = document.createEvent('Event')
    event.initEvent('office-js', false, false)
    window.dispatchEvent(event)
  }
  script.onerror = function () {
    showWhenReady('office')
  }
  document.head.appendChild(script)
})()
